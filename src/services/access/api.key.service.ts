// The keys of a store: made, listed, revoked. Their text is known once, to whoever makes one.
import { v7 as uuid } from 'uuid';
import type { ApiKey, ApiKeyRole } from '../../domain/access/caller.js';
import type { InputProblem } from '../../domain/catalog/garment.input.js';
import { nameProblems, problemAt } from '../../domain/shared/input.problem.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { KeyRepository } from '../../store/key.repository.js';
import { createHash, randomBytes } from 'node:crypto';

export interface CreatedKey {
  id: string | null;
  /** Its text; nothing can tell it a second time. */
  key: string | null;
  userErrors: InputProblem[];
}

export class ApiKeyService {
  constructor(private readonly keys: KeyRepository) {}

  /** @param name 1 to 200 characters, for people */
  async create(ctx: StoreContext, role: ApiKeyRole, name: string): Promise<CreatedKey> {
    const userErrors = nameProblems(name);
    if (userErrors.length > 0) return { id: null, key: null, userErrors };
    // ordered by time, so that keys sort by when they were made
    const id = uuid();
    const key = newKeyText(role);
    await this.keys.insert(ctx, { id, name, role, hash: keyHash(key) });
    return { id, key, userErrors };
  }

  /** The newest first, revoked ones too. */
  async list(ctx: StoreContext): Promise<ApiKey[]> {
    return this.keys.list(ctx);
  }

  /** A key that is revoked already stays so and is no error. */
  async revoke(ctx: StoreContext, id: string): Promise<{ revoked: boolean; userErrors: InputProblem[] }> {
    const revoked = await this.keys.revoke(ctx, id);
    return { revoked, userErrors: revoked ? [] : [problemAt('id', 'API_KEY_NOT_FOUND')] };
  }
}

/** As many as the hash has: guessing the one is as hopeless as guessing the other. */
const RANDOM_BYTES = 32;

export function newKeyText(role: ApiKeyRole): string {
  return `fr_${role.toLowerCase()}_${randomBytes(RANDOM_BYTES).toString('base64url')}`;
}

/** SHA-256 in hex: of what is random already, no slower hash is needed. */
export function keyHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
