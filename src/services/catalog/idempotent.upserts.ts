// Upserts that may arrive twice, as Stripe has them: the first answer under a key is kept with its effect and given again,
// twins in flight wait for the first, and the same key with other parameters is refused. Knows nothing of how it is stored.
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
  /** The latest call of each key that is under way in this process. Other processes are waited for in the database. */
  // eslint-disable-next-line no-restricted-syntax -- one for each call that is under way
  private readonly latest = new Map<string, Promise<unknown>>();

  constructor(private readonly parts: IdempotentUpsertsParts) {}

  /**
   * The call as its key stands for it: what was sent, in the order of the schema, with the bytes of uploads. A picture that
   * an address or a sku names counts by that name: what lies there may be another one by the next try.
   */
  async callOf(key: string, inputs: GarmentInput[]): Promise<IdempotentCall> {
    const sent = await Promise.all(
      inputs.map(async ({ image, ...facts }) => ({ ...facts, image: image && (await this.sentPicture(image)) })),
    );
    return { key, parametersHash: sha256(JSON.stringify(sent)) };
  }

  /**
   * The answer that is kept under the call's key; where there is none, what `upsert` answers.
   * @param upsert carries the call out, and where it stores something does so with a `saver`
   * @throws FitroomError IDEMPOTENCY_KEY_REUSED
   */
  once(ctx: StoreContext, call: IdempotentCall, upsert: () => Promise<UpsertResult>): Promise<UpsertResult> {
    return this.inTurn(`${ctx.storeId} ${call.key}`, async () => {
      const kept = await this.parts.keys.find<UpsertResult>(ctx, call.key);
      return kept ? givenAgain(kept, call) : upsert();
    });
  }

  /**
   * What writes garments and keeps the answer, in one transaction; where another process came first, it writes nothing and
   * gives that one's answer.
   */
  saver(
    ctx: StoreContext,
    call: IdempotentCall,
    answerOf: (saved: SavedGarment[]) => UpsertResult,
  ): (rows: GarmentToSave[], bundles: readonly string[]) => Promise<UpsertResult> {
    return async (rows, bundles) =>
      givenAgain(await this.parts.keys.saveGarments(ctx, { rows, bundles }, call, answerOf), call);
  }

  private async sentPicture(image: ImageSource): Promise<object> {
    if (image.kind !== 'upload' && image.kind !== 'bytes') return image;
    try {
      return { kind: 'bytes', sha256: sha256(await this.parts.queryEncoder.bytesOf(image)) };
    } catch (error) {
      // one that cannot be read is reported with its garment, and is the same picture when it fails the same way again
      if (error instanceof FitroomError && !isTemporary(error)) return { kind: 'bytes', failed: error.code };
      throw error;
    }
  }

  private inTurn<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const result = (this.latest.get(name) ?? Promise.resolve()).then(work);
    // whatever becomes of it is its own caller's: the next in turn only waits for its end
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

/** Instants have become text where the answer has been in the database. */
function givenAgain(kept: StoredResult<UpsertResult>, call: IdempotentCall): UpsertResult {
  const answer = storedResultFor(kept, call);
  const garments = answer.garments.map((garment) => ({
    ...garment,
    createdAt: new Date(garment.createdAt),
    updatedAt: new Date(garment.updatedAt),
  }));
  return { ...answer, garments };
}
