// Who asks: the deployment itself, or whoever brings a key of a store. What each may do is permissions.ts.
import type { StoreContext } from './store.context.js';

/** What a key can be made for. */
export const API_KEY_ROLES = ['STOREFRONT', 'MERCHANT', 'ANALYST', 'ADMIN'] as const;
export type ApiKeyRole = (typeof API_KEY_ROLES)[number];

/** DEPLOYMENT: the deployment's own key, or everyone where it has none. It is at home in every store. */
export const CALLER_ROLES = [...API_KEY_ROLES, 'DEPLOYMENT'] as const;
export type CallerRole = (typeof CALLER_ROLES)[number];

export interface Caller {
  readonly role: CallerRole;
  /** The one store that this request is about. */
  readonly store: StoreContext;
  /** Null for the deployment. */
  readonly keyId: string | null;
}
