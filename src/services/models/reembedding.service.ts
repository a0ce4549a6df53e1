// Model switches as merchants control them: start, finish, roll back, end. Jobs do the work.
import { BUNDLE_NAME } from '../../config.js';
import type { Reembedding } from '../../domain/jobs/reembedding.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError, StartupError } from '../../errors.js';
import type { ReembeddingRepository } from '../../store/reembedding.repository.js';
import type { ModelRegistry } from './model.registry.js';
import { SWITCHED } from './reembedding.steps.js';
import type { StoreModels } from './store.models.js';

export interface ReembeddingServiceParts {
  registry: Pick<ModelRegistry, 'using' | 'own'>;
  models: StoreModels;
  reembeddings: ReembeddingRepository;
  /** Returns name@version of a bundle. Null for an unknown folder. @throws StartupError if its manifest is malformed */
  identify: (bundle: string) => Promise<string | null>;
}

export class ReembeddingService {
  constructor(private readonly parts: ReembeddingServiceParts) {}

  async find(ctx: StoreContext, id: string): Promise<Reembedding | null> {
    return UUID.test(id) ? this.parts.reembeddings.find(ctx, id) : null;
  }

  /**
   * Starts to embed the catalog with another bundle. The switch follows when all garments are embedded and the report
   * meets the gate.
   * @param bundle folder of the bundle
   * @param minOverlap minimum overlap in the report, 0…1; null for no gate
   * @throws FitroomError MODEL_UNKNOWN, MODEL_UNUSABLE, MODEL_SERVES_ALREADY, REEMBEDDING_RUNNING, ARGUMENT_INVALID
   */
  async start(ctx: StoreContext, bundle: string, minOverlap: number | null): Promise<Reembedding> {
    if (minOverlap !== null && !(minOverlap >= 0 && minOverlap <= 1)) {
      throw new FitroomError('ARGUMENT_INVALID', '`minOverlap` is between 0 and 1.', ['minOverlap']);
    }
    const model = await this.identify(bundle);
    const { models, reembeddings } = this.parts;
    models.forget(ctx);
    const from = await models.serve(ctx, ({ bundle: folder, encoders }) =>
      Promise.resolve({ bundle: folder, model: encoders.bundle.id }),
    );
    const begun = await reembeddings.begin(ctx, { bundle, model, minOverlap }, from);
    models.forget(ctx);
    return begun;
  }

  /**
   * Switches to the model although its gate held it, or after it was rolled back.
   * @throws FitroomError REEMBEDDING_NOT_FOUND, REEMBEDDING_OVER, REEMBEDDING_RUNNING, REEMBEDDING_INCOMPLETE
   */
  async finish(ctx: StoreContext, id: string): Promise<Reembedding> {
    const reembedding = await this.require(ctx, id);
    if (reembedding.phase !== 'HELD' && reembedding.phase !== 'ROLLED_BACK') throw new FitroomError('REEMBEDDING_OVER');
    return this.switchModel(ctx, reembedding, { ...direction(reembedding), ...SWITCHED });
  }

  /**
   * Reverts a switch. The previous model is active at once.
   * @throws FitroomError REEMBEDDING_NOT_FOUND, REEMBEDDING_OVER, REEMBEDDING_RUNNING, REEMBEDDING_INCOMPLETE
   */
  async rollBack(ctx: StoreContext, id: string): Promise<Reembedding> {
    const reembedding = await this.require(ctx, id);
    if (reembedding.phase !== 'SWITCHED') throw new FitroomError('REEMBEDDING_OVER');
    const { to, from } = direction(reembedding);
    return this.switchModel(ctx, reembedding, { to: from, from: to, state: 'CANCELLED', phase: 'ROLLED_BACK' });
  }

  /**
   * Keeps only the active model. Cancels a running re-embedding, or gives up the possibility of a rollback.
   * @throws FitroomError REEMBEDDING_NOT_FOUND, REEMBEDDING_OVER, REEMBEDDING_RUNNING
   */
  async end(ctx: StoreContext, id: string): Promise<Reembedding> {
    await this.require(ctx, id);
    const ended = await this.parts.reembeddings.end(ctx, id);
    this.parts.models.forget(ctx);
    return ended!;
  }

  private async identify(bundle: string): Promise<string> {
    try {
      const model = BUNDLE_NAME.test(bundle) ? await this.parts.identify(bundle) : null;
      if (model !== null) return model;
    } catch (error) {
      if (!(error instanceof StartupError)) throw error;
      throw new FitroomError('MODEL_UNUSABLE', undefined, ['model'], { cause: error });
    }
    throw new FitroomError('MODEL_UNKNOWN', undefined, ['model']);
  }

  private async switchModel(
    ctx: StoreContext,
    reembedding: Reembedding,
    change: Parameters<ReembeddingRepository['switchTo']>[2],
  ): Promise<Reembedding> {
    // the model is opened first, so that shoppers do not wait for it after the switch
    return this.parts.registry.using(change.to.bundle, async () => {
      const switched = await this.parts.reembeddings.switchTo(ctx, reembedding.id, change);
      if (switched === 'incomplete') throw new FitroomError('REEMBEDDING_INCOMPLETE');
      this.parts.models.forget(ctx);
      return switched;
    });
  }

  private async require(ctx: StoreContext, id: string): Promise<Reembedding> {
    const reembedding = await this.find(ctx, id);
    if (!reembedding) throw new FitroomError('REEMBEDDING_NOT_FOUND', undefined, ['id']);
    return reembedding;
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Returns the models of a switch. */
function direction({
  bundle,
  model,
  fromBundle,
  fromModel,
}: Reembedding): Record<'to' | 'from', { bundle: string; model: string }> {
  return { to: { bundle, model }, from: { bundle: fromBundle, model: fromModel } };
}
