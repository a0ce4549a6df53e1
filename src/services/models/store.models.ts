// Which model a store is answered with. Asks the database once a second at most, or when told to forget, so after a switch another
// process answers with the model before for one second more; its vectors are kept up as well.
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError, StartupError } from '../../errors.js';
import { boundedCache } from '../../memory/bounded.cache.js';
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import { heapBytes } from '../../memory/heap.size.js';
import { detached } from '../../request.scope.js';
import type { BundleRepository, StoreBundles } from '../../store/bundle.repository.js';
import type { ModelRegistry } from './model.registry.js';
import type { OpenModel } from './open.model.js';

const KNOWN_FOR_MS = 1_000;
/** A promise of two names of folders, of 255 bytes at most. */
const BUNDLES_BYTES = 1_200;

export interface StoreModelsParts {
  registry: ModelRegistry;
  bundles: Pick<BundleRepository, 'ofStore'>;
}

export class StoreModels {
  private readonly known = boundedCache<Promise<StoreBundles>>(MEMORY_BOUNDS.storeModels, {
    sizeOf: () => BUNDLES_BYTES,
    ttlMs: KNOWN_FOR_MS,
  });
  /** For a database that is away: what was known last. */
  private readonly last = boundedCache<StoreBundles>(MEMORY_BOUNDS.lastStoreModels, { sizeOf: heapBytes });

  constructor(private readonly parts: StoreModelsParts) {}

  /**
   * Runs `work` with the model that answers for a store, one and the same to its end.
   * @throws FitroomError SERVICE_UNAVAILABLE where this process cannot open it
   */
  async serve<T>(ctx: StoreContext, work: (model: OpenModel) => Promise<T>): Promise<T> {
    const { registry } = this.parts;
    const { serving, beside } = await this.bundlesOf(ctx);
    if (beside) registry.warm(beside);
    return asUnavailable(() => registry.using(serving ?? registry.own.bundle, work));
  }

  /** The store's bundles as they were within the last second. */
  async bundlesOf(ctx: StoreContext): Promise<StoreBundles> {
    const known = this.known.get(ctx.storeId);
    if (known) return known;
    // whoever asks within the next second shares the answer
    const asked = detached(() => this.ask(ctx));
    this.known.set(ctx.storeId, asked);
    return asked;
  }

  /** From here on the database is asked again: after a change, or where there must have been one. */
  forget(ctx: StoreContext): void {
    this.known.delete(ctx.storeId);
  }

  private async ask(ctx: StoreContext): Promise<StoreBundles> {
    try {
      const bundles = await this.parts.bundles.ofStore(ctx);
      this.last.set(ctx.storeId, bundles);
      return bundles;
    } catch (error) {
      const last = this.last.get(ctx.storeId);
      if (last && error instanceof FitroomError) return last;
      this.forget(ctx);
      throw error;
    }
  }
}

/** A bundle that is missing on this machine is an outage for those whom it answers, and no fault of theirs. */
async function asUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    throw new FitroomError('SERVICE_UNAVAILABLE', undefined, [], { cause: error });
  }
}
