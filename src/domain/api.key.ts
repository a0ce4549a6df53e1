// A key of a store as it is known after it was made: everything but its text.
import type { ApiKeyRole } from './caller.js';

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
