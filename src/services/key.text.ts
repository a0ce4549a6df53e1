// The text of keys: how it is made, and what is kept of it.
import { createHash, randomBytes } from 'node:crypto';
import type { ApiKeyRole } from '../domain/caller.js';

/** As many as the hash has: guessing the one is as hopeless as guessing the other. */
const RANDOM_BYTES = 32;

export function newKeyText(role: ApiKeyRole): string {
  return `fr_${role.toLowerCase()}_${randomBytes(RANDOM_BYTES).toString('base64url')}`;
}

/** SHA-256 in hex: of what is random already, no slower hash is needed. */
export function keyHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
