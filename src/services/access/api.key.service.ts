// API keys of a store: create, list, revoke. Only the caller that creates a key sees its text.
import { v7 as uuid } from 'uuid';
import type { ApiKey, ApiKeyRole } from '../../domain/access/caller.js';
import type { InputProblem } from '../../domain/catalog/garment.input.js';
import { nameProblems, problemAt } from '../../domain/shared/input.problem.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { KeyRepository } from '../../store/key.repository.js';
import { createHash, randomBytes } from 'node:crypto';

export interface CreatedKey {
  id: string | null;
  /** Text of the key. The server stores only a hash of it. */
  key: string | null;
  userErrors: InputProblem[];
}

export class ApiKeyService {
  constructor(private readonly keys: KeyRepository) {}

  /** Creates a key. @param name label of 1 to 200 characters */
  async create(ctx: StoreContext, role: ApiKeyRole, name: string): Promise<CreatedKey> {
    const userErrors = nameProblems(name);
    if (userErrors.length > 0) return { id: null, key: null, userErrors };
    // a UUID of version 7 sorts by the time of creation
    const id = uuid();
    const key = newKeyText(role);
    await this.keys.insert(ctx, { id, name, role, hash: keyHash(key) });
    return { id, key, userErrors };
  }

  /** Returns all keys, including revoked ones, newest first. */
  async list(ctx: StoreContext): Promise<ApiKey[]> {
    return this.keys.list(ctx);
  }

  /** Revokes a key. Revoking a revoked key is not an error. */
  async revoke(ctx: StoreContext, id: string): Promise<{ revoked: boolean; userErrors: InputProblem[] }> {
    const revoked = await this.keys.revoke(ctx, id);
    return { revoked, userErrors: revoked ? [] : [problemAt('id', 'API_KEY_NOT_FOUND')] };
  }
}

/** Random bytes of a key. The hash has the same length, so both are equally hard to guess. */
const RANDOM_BYTES = 32;

/** Returns the text of a new random key. */
export function newKeyText(role: ApiKeyRole): string {
  return `fr_${role.toLowerCase()}_${randomBytes(RANDOM_BYTES).toString('base64url')}`;
}

/** Returns a SHA-256 in hex. Keys are random, so they need no slow password hash. */
export function keyHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
