// Stores garments with what every model of their store makes of them, in one transaction: the one that answers, and the one
// that is kept up beside it. Should a switch begin or end meanwhile, what is missing is embedded and the storing tried again;
// what the model before has read in the rows is read again.
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError, StartupError } from '../../errors.js';
import type { Logger } from '../../observability/logger.js';
import { BundlesChanged } from '../../store/bundle.repository.js';
import type { GarmentRepository, SavedGarment } from '../../store/garment.repository.js';
import type { EmbeddingToSave, GarmentToSave } from '../../store/garment.writes.js';
import type { RefusedGarment } from '../../store/refused.garments.js';
import type { GarmentDraft } from './garment.draft.js';
import type { ModelRegistry } from '../models/model.registry.js';
import type { OpenModel } from '../models/open.model.js';
import type { StoreModels } from '../models/store.models.js';

/** Two changes of a store's bundles within one call are a coincidence; more are something else. */
const TRIES = 3;

export interface CatalogWriterParts {
  /** Folder of the bundle that the rows are embedded with when they come here. */
  bundle: string;
  garments: Pick<GarmentRepository, 'saveGarments' | 'refusedOf'>;
  models: Pick<StoreModels, 'bundlesOf' | 'forget'>;
  registry: Pick<ModelRegistry, 'using'>;
  logger?: Logger;
}

export interface WrittenBatch {
  /** Of the rows, in their order: what another model embeds. */
  drafts: GarmentDraft[];
  rows: GarmentToSave[];
}

export class CatalogWriter {
  constructor(private readonly parts: CatalogWriterParts) {}

  /** @returns in the order of the rows */
  save(ctx: StoreContext, batch: WrittenBatch): Promise<SavedGarment[]> {
    return this.saveBy(ctx, batch, (rows, bundles) => this.parts.garments.saveGarments(ctx, rows, bundles));
  }

  /**
   * The garments of a batch that the database refuses. Checks find what it is known to refuse; this finds what they have missed.
   * @param whole false for a dry run, which leaves no pictures and embeddings behind in the tables
   */
  async refusedOf(ctx: StoreContext, { rows }: WrittenBatch, how: { whole: boolean }): Promise<RefusedGarment[]> {
    return this.parts.garments.refusedOf(ctx, rows, how);
  }

  /** @param write one transaction, which throws BundlesChanged where the store has a bundle that is not among those given */
  async saveBy<Written>(
    ctx: StoreContext,
    { drafts, rows }: WrittenBatch,
    write: (rows: GarmentToSave[], bundles: readonly string[]) => Promise<Written>,
  ): Promise<Written> {
    const { bundle, models } = this.parts;
    for (let tries = 1; ; tries++) {
      const { serving, beside } = await models.bundlesOf(ctx);
      const others = [serving, beside].filter((name) => name !== null && name !== bundle) as string[];
      const embeddings = await Promise.all(others.map((name) => this.embeddings(ctx, name, drafts)));
      const complete = rows.map((row, i) => ({ ...row, others: embeddings.flatMap((of) => of[i] ?? []) }));
      try {
        const written = await write(complete, [bundle, ...others]);
        if (others.length > 0) await this.rereadIfSwitched(ctx, rows);
        return written;
      } catch (error) {
        if (!(error instanceof BundlesChanged)) throw error;
        if (tries === TRIES) throw new FitroomError('SERVICE_UNAVAILABLE', undefined, [], { cause: error });
        models.forget(ctx);
      }
    }
  }

  /**
   * The walk that reads the catalog again after a switch may have come by before these rows were stored. They are stored, so what
   * fails here is nothing that the caller could mend.
   */
  private async rereadIfSwitched(ctx: StoreContext, rows: GarmentToSave[]): Promise<void> {
    const { bundle, models, logger } = this.parts;
    const skus = rows.map(({ sku }) => sku);
    try {
      models.forget(ctx);
      const { serving } = await models.bundlesOf(ctx);
      if (serving === null || serving === bundle) return;
      await this.whereItOpens(serving, ({ embedder }) => embedder.rereadNamed(ctx, skus));
    } catch (error) {
      logger?.warn({ err: error as Error, skus }, 'garments stored under a switch keep what the model before inferred');
    }
  }

  private async embeddings(
    ctx: StoreContext,
    bundle: string,
    drafts: GarmentDraft[],
  ): Promise<(EmbeddingToSave | null)[]> {
    return (await this.whereItOpens(bundle, ({ embedder }) => embedder.embeddingsOf(ctx, drafts))) ?? [];
  }

  /**
   * Null where the model cannot be opened on this machine: merchants go on all the same. Before a switch to it the sweep catches up
   * with what it lacks; after one this machine answers nobody of the store.
   */
  private async whereItOpens<T>(bundle: string, work: (model: OpenModel) => Promise<T>): Promise<T | null> {
    try {
      return await this.parts.registry.using(bundle, work);
    } catch (error) {
      if (error instanceof StartupError) return null;
      throw error;
    }
  }
}
