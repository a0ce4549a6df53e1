// The caller of a request: the deployment itself, or the holder of a store's API key.
import type { StoreContext } from './store.context.js';

/** The roles that an API key can have. */
export const API_KEY_ROLES = ['STOREFRONT', 'MERCHANT', 'ANALYST', 'ADMIN'] as const;
export type ApiKeyRole = (typeof API_KEY_ROLES)[number];

/**
 * DEPLOYMENT is the holder of the deployment's own key, or everyone if there is no such key. It has access to every
 * store.
 */
export const CALLER_ROLES = [...API_KEY_ROLES, 'DEPLOYMENT'] as const;
export type CallerRole = (typeof CALLER_ROLES)[number];

export interface Caller {
  readonly role: CallerRole;
  /** The one store that this request accesses. */
  readonly store: StoreContext;
  /** Null for the deployment. */
  readonly keyId: string | null;
}

export interface ApiKey {
  id: string;
  name: string;
  role: ApiKeyRole;
  createdAt: Date;
  /** Rounded to the minute. */
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/**
 * The format of a key: a prefix that scanners for leaked secrets can search for, its role for anyone who finds it, and
 * 256 random bits. The expression has no anchors because the log searches for keys inside other texts.
 */
export const KEY_TEXT = /fr_(?:storefront|merchant|analyst|admin)_[A-Za-z0-9_-]{43}/;
