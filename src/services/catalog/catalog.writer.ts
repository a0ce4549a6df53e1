// Writes of catalog batches: garments and their embeddings by every model of the store.
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

/** Two changes of a store's bundles during one call may be a coincidence. A third one has another cause. */
const MAX_TRIES = 3;

export interface CatalogWriterParts {
  /** Folder of the bundle that embedded the rows of a batch. */
  bundle: string;
  garments: Pick<GarmentRepository, 'saveGarments' | 'refusedOf'>;
  models: Pick<StoreModels, 'bundlesOf' | 'forget'>;
  registry: Pick<ModelRegistry, 'using'>;
  logger?: Logger;
}

export interface WrittenBatch {
  /** The drafts of the rows, in the same order. Other models embed them. */
  drafts: GarmentDraft[];
  rows: GarmentToSave[];
}

export class CatalogWriter {
  constructor(private readonly parts: CatalogWriterParts) {}

  /** Saves a batch, and returns its garments in the order of the rows. */
  save(ctx: StoreContext, batch: WrittenBatch): Promise<SavedGarment[]> {
    return this.saveBy(ctx, batch, (rows, bundles) => this.parts.garments.saveGarments(ctx, rows, bundles));
  }

  /**
   * Returns the garments of a batch that the database refuses although they passed all checks.
   * @param how `whole` is false for a dry run, which writes no pictures and no embeddings
   */
  async refusedOf(ctx: StoreContext, { rows }: WrittenBatch, how: { whole: boolean }): Promise<RefusedGarment[]> {
    return this.parts.garments.refusedOf(ctx, rows, how);
  }

  /**
   * Saves a batch with embeddings by every model of the store. If a switch of the model begins or ends meanwhile, the
   * missing embeddings are computed and the write is repeated.
   * @param write one transaction; it throws BundlesChanged if the store has a bundle that is not in `bundles`
   * @throws FitroomError SERVICE_UNAVAILABLE if the bundles change during every try
   */
  async saveBy<Written>(
    ctx: StoreContext,
    { drafts, rows }: WrittenBatch,
    write: (rows: GarmentToSave[], bundles: readonly string[]) => Promise<Written>,
  ): Promise<Written> {
    const { bundle, models } = this.parts;
    for (let tries = 1; ; tries++) {
      const { serving, beside } = await models.bundlesOf(ctx);
      const otherBundles = [serving, beside].filter((name) => name !== null && name !== bundle) as string[];
      const byBundle = await Promise.all(otherBundles.map((name) => this.embeddings(ctx, name, drafts)));
      const complete = rows.map((row, i) => ({
        ...row,
        others: byBundle.flatMap((embeddings) => embeddings[i] ?? []),
      }));
      try {
        const written = await write(complete, [bundle, ...otherBundles]);
        if (otherBundles.length > 0) await this.reinferIfSwitched(ctx, rows);
        return written;
      } catch (error) {
        if (!(error instanceof BundlesChanged)) throw error;
        if (tries === MAX_TRIES) throw new FitroomError('SERVICE_UNAVAILABLE', undefined, [], { cause: error });
        models.forget(ctx);
      }
    }
  }

  /**
   * Infers the facts of the rows again if the active model has changed. The scan that re-infers the catalog after a
   * switch may have passed these rows before they were stored. An error is only logged: the rows are stored already.
   */
  private async reinferIfSwitched(ctx: StoreContext, rows: GarmentToSave[]): Promise<void> {
    const { bundle, models, logger } = this.parts;
    const skus = rows.map(({ sku }) => sku);
    try {
      models.forget(ctx);
      const { serving } = await models.bundlesOf(ctx);
      if (serving === null || serving === bundle) return;
      await this.withModel(serving, ({ embedder }) => embedder.reinferNamed(ctx, skus));
    } catch (error) {
      logger?.warn(
        { err: error as Error, skus },
        'garments stored during a model switch keep the facts that the previous model inferred',
      );
    }
  }

  private async embeddings(
    ctx: StoreContext,
    bundle: string,
    drafts: GarmentDraft[],
  ): Promise<(EmbeddingToSave | null)[]> {
    return (await this.withModel(bundle, ({ embedder }) => embedder.embeddingsOf(ctx, drafts))) ?? [];
  }

  /**
   * Returns null if the model cannot be opened on this machine. The write goes on without it: before a switch to the
   * model the re-embedding scan adds the missing embeddings, and after a switch this machine serves no request of the
   * store.
   */
  private async withModel<T>(bundle: string, work: (model: OpenModel) => Promise<T>): Promise<T | null> {
    try {
      return await this.parts.registry.using(bundle, work);
    } catch (error) {
      if (error instanceof StartupError) return null;
      throw error;
    }
  }
}
