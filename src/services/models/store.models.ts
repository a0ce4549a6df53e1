// The active model of each store, cached for a second.
// After a switch another process may serve with the previous model for that second. Its vectors are still updated.
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError, StartupError } from '../../errors.js';
import { boundedCache } from '../../memory/bounded.cache.js';
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import { heapBytes } from '../../memory/heap.size.js';
import { detached } from '../../request.scope.js';
import type { BundleRepository, StoreBundles } from '../../store/bundle.repository.js';
import type { ModelRegistry } from './model.registry.js';
import type { OpenModel } from './open.model.js';

const CACHED_FOR_MS = 1_000;
/** Memory of an entry: a promise of two folder names of at most 255 bytes. */
const BUNDLES_BYTES = 1_200;

export interface StoreModelsParts {
  registry: ModelRegistry;
  bundles: Pick<BundleRepository, 'ofStore'>;
}

export class StoreModels {
  private readonly cache = boundedCache<Promise<StoreBundles>>(MEMORY_BOUNDS.storeModels, {
    sizeOf: () => BUNDLES_BYTES,
    ttlMs: CACHED_FOR_MS,
  });
  /** The last known bundles, used while the database is unavailable. */
  private readonly lastKnown = boundedCache<StoreBundles>(MEMORY_BOUNDS.lastStoreModels, { sizeOf: heapBytes });

  constructor(private readonly parts: StoreModelsParts) {}

  /**
   * Runs `work` with the active model of a store. The model stays the same until `work` ends.
   * @throws FitroomError SERVICE_UNAVAILABLE if this process cannot open the model
   */
  async serve<T>(ctx: StoreContext, work: (model: OpenModel) => Promise<T>): Promise<T> {
    const { registry } = this.parts;
    const { serving, beside } = await this.bundlesOf(ctx);
    if (beside) registry.warm(beside);
    return asUnavailable(() => registry.using(serving ?? registry.own.bundle, work));
  }

  /** Returns the store's bundles, at most one second old. */
  async bundlesOf(ctx: StoreContext): Promise<StoreBundles> {
    const cached = this.cache.get(ctx.storeId);
    if (cached) return cached;
    // callers within the next second share the lookup, so it belongs to no request
    const lookup = detached(() => this.lookUp(ctx));
    this.cache.set(ctx.storeId, lookup);
    return lookup;
  }

  /** Drops the cached bundles of a store, after a change or a suspected one. */
  forget(ctx: StoreContext): void {
    this.cache.delete(ctx.storeId);
  }

  private async lookUp(ctx: StoreContext): Promise<StoreBundles> {
    try {
      const bundles = await this.parts.bundles.ofStore(ctx);
      this.lastKnown.set(ctx.storeId, bundles);
      return bundles;
    } catch (error) {
      const lastKnown = this.lastKnown.get(ctx.storeId);
      if (lastKnown && error instanceof FitroomError) return lastKnown;
      this.forget(ctx);
      throw error;
    }
  }
}

/** Reports a bundle that is missing on this machine as an outage, because the caller cannot fix it. */
async function asUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    throw new FitroomError('SERVICE_UNAVAILABLE', undefined, [], { cause: error });
  }
}
