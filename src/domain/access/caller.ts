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

export interface ApiKey {
  id: string;
  name: string;
  role: ApiKeyRole;
  createdAt: Date;
  /** To the minute. */
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/**
 * The text of a key: a beginning that scanners for leaked secrets can look for, its role for whoever finds it, and 256
 * random bits. Without anchors, since the log looks for keys inside of other texts.
 */
export const KEY_TEXT = /fr_(?:storefront|merchant|analyst|admin)_[A-Za-z0-9_-]{43}/;
