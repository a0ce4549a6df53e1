// Idempotent upserts: a repeated key returns the stored result, and concurrent calls wait.
import { createHash } from 'node:crypto';
import type { GarmentInput } from '../../domain/catalog/garment.input.js';
import { storedResultFor, type StoredResult, type IdempotentCall } from '../../domain/catalog/idempotency.js';
import type { ImageSource } from '../../domain/recommend/recommend.request.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError, isTemporary } from '../../errors.js';
import type { GarmentToSave, SavedGarment } from '../../store/garment.writes.js';
import type { IdempotencyRepository } from '../../store/idempotency.repository.js';
import type { QueryEncoder } from '../recommend/query.encoder.js';
import type { UpsertResult } from './upsert.service.js';

export interface IdempotentUpsertsParts {
  queryEncoder: Pick<QueryEncoder, 'bytesOf'>;
  keys: IdempotencyRepository;
}

export class IdempotentUpserts {
  /** The latest running call of each key in this process. The database serializes calls of other processes. */
  // eslint-disable-next-line no-restricted-syntax -- one entry for each running call
  private readonly latest = new Map<string, Promise<unknown>>();

  constructor(private readonly parts: IdempotentUpsertsParts) {}

  /**
   * Returns the key with a hash of the inputs and of the bytes of uploads. A picture given by URL or sku is hashed by
   * that URL or sku, because the picture itself may change between two tries.
   */
  async callOf(key: string, inputs: GarmentInput[]): Promise<IdempotentCall> {
    const parameters = await Promise.all(
      inputs.map(async ({ image, ...facts }) => ({ ...facts, image: image && (await this.pictureParameter(image)) })),
    );
    return { key, parametersHash: sha256(JSON.stringify(parameters)) };
  }

  /**
   * Returns the stored result of the call's key, or else the result of `upsert`.
   * @param upsert runs the call, and writes with a `saver` if it stores anything
   * @throws FitroomError IDEMPOTENCY_KEY_REUSED
   */
  once(ctx: StoreContext, call: IdempotentCall, upsert: () => Promise<UpsertResult>): Promise<UpsertResult> {
    return this.inTurn(`${ctx.storeId} ${call.key}`, async () => {
      const stored = await this.parts.keys.find<UpsertResult>(ctx, call.key);
      return stored ? restoredResult(stored, call) : upsert();
    });
  }

  /**
   * Returns a function that writes garments and the result of the call in one transaction. If another process was
   * first, it writes nothing and returns the result of that process.
   */
  saver(
    ctx: StoreContext,
    call: IdempotentCall,
    toResult: (saved: SavedGarment[]) => UpsertResult,
  ): (rows: GarmentToSave[], bundles: readonly string[]) => Promise<UpsertResult> {
    return async (rows, bundles) =>
      restoredResult(await this.parts.keys.saveGarments(ctx, { rows, bundles }, call, toResult), call);
  }

  private async pictureParameter(image: ImageSource): Promise<object> {
    if (image.kind !== 'upload' && image.kind !== 'bytes') return image;
    try {
      return { kind: 'bytes', sha256: sha256(await this.parts.queryEncoder.bytesOf(image)) };
    } catch (error) {
      // an unreadable upload counts as the same picture if it fails with the same code; its garment gets the error
      if (error instanceof FitroomError && !isTemporary(error)) return { kind: 'bytes', failed: error.code };
      throw error;
    }
  }

  private inTurn<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const result = (this.latest.get(name) ?? Promise.resolve()).then(work);
    // the next call waits for the end of this one, whether it succeeds or fails
    const ended = result.then(
      () => undefined,
      () => undefined,
    );
    this.latest.set(name, ended);
    void ended.then(() => this.latest.get(name) === ended && this.latest.delete(name));
    return result;
  }
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Restores the dates, which are text in a result from the database. */
function restoredResult(stored: StoredResult<UpsertResult>, call: IdempotentCall): UpsertResult {
  const result = storedResultFor(stored, call);
  const garments = result.garments.map((garment) => ({
    ...garment,
    createdAt: new Date(garment.createdAt),
    updatedAt: new Date(garment.updatedAt),
  }));
  return { ...result, garments };
}
