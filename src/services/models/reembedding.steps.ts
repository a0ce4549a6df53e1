// What a switch from one model to another consists of, step by step. A step is small, may come twice, and leaves behind where
// it ended, so a killed process loses one step at most. Reads like its phases: embed → index → compare → switch → read again.
import { setTimeout as sleep } from 'node:timers/promises';
import { meetsGate, type Reembedding } from '../../domain/jobs/reembedding.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { ERROR_CODES, FitroomError, StartupError, type ErrorCode } from '../../errors.js';
import type { Logger } from '../../observability/logger.js';
import type { CatalogScanRepository } from '../../store/catalog.scan.repository.js';
import type { EmbeddingRepository } from '../../store/embedding.repository.js';
import type { ReembeddingRepository, ReembeddingChanges } from '../../store/reembedding.repository.js';
import type { GoldenQueryHistory } from '../recommend/golden.query.history.js';
import type { ModelComparison } from './model.comparison.js';
import type { ModelRegistry } from './model.registry.js';
import type { OpenModel } from './open.model.js';
import type { StoreModels } from './store.models.js';

/** How often a step looks whether the index is built, and for how long. */
const INDEX_LOOK_MS = 500;
const INDEX_LOOKS = 20;
/** Vectors that are dropped in one transaction: some 50 ms. */
const FORGOTTEN_AT_ONCE = 1_000;

export interface ReembeddingStepsParts {
  registry: ModelRegistry;
  models: StoreModels;
  reembeddings: ReembeddingRepository;
  embeddings: EmbeddingRepository;
  sweep: CatalogScanRepository;
  comparison: ModelComparison;
  golden: Pick<GoldenQueryHistory, 'run'>;
  logger: Logger;
}

export class ReembeddingSteps {
  /** Builds under way, by model: they outlast the step that began them. */
  // eslint-disable-next-line no-restricted-syntax -- one for each model that is indexed
  private readonly indexing = new Map<string, Promise<void>>();

  constructor(private readonly parts: ReembeddingStepsParts) {}

  /** Does the next step, which queues the one after it. @param step any other than the next has been done */
  async take(ctx: StoreContext, { id, step }: { id: string; step: number }, signal: AbortSignal): Promise<void> {
    const at = await this.parts.reembeddings.find(ctx, id);
    if (at?.step !== step) return;
    try {
      if (at.state === 'QUEUED' || at.state === 'RUNNING') await this.goOn(ctx, at, signal);
      else if (at.rereading) await this.reread(ctx, at);
    } catch (error) {
      const hopeless = hopelessCode(error);
      if (!hopeless) throw error;
      this.parts.logger.warn({ err: error as Error, reembedding: id }, 'a re-embedding cannot go on');
      await this.fail(ctx, at, { code: hopeless, message: (error as Error).message });
    }
  }

  /** Every try of a step has failed. */
  async giveUp(ctx: StoreContext, id: string): Promise<void> {
    const at = await this.parts.reembeddings.find(ctx, id);
    if (at) await this.fail(ctx, at, { code: 'SERVICE_UNAVAILABLE', message: ERROR_CODES.SERVICE_UNAVAILABLE });
  }

  /** Drops the vectors of a model that the store has no more use for. */
  async forget(ctx: StoreContext, name: { bundle: string; model: string }, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await this.parts.reembeddings.forgetSome(ctx, name, FORGOTTEN_AT_ONCE)));
  }

  private goOn(ctx: StoreContext, at: Reembedding, signal: AbortSignal): Promise<void> {
    return this.parts.registry.using(at.bundle, async (model) => {
      if (model.encoders.bundle.id !== at.model) {
        throw new FitroomError('MODEL_UNUSABLE', `The folder ${at.bundle} holds ${model.encoders.bundle.id} by now.`);
      }
      if (at.phase === 'INDEXING') return this.index(ctx, at, model, signal);
      if (at.phase === 'COMPARING') return this.compare(ctx, at, model, signal);
      if (at.phase === 'SWITCHING') return this.switchOver(ctx, at, model);
      return this.embed(ctx, at, model);
    });
  }

  private async embed(ctx: StoreContext, at: Reembedding, { embedder, encoders }: OpenModel): Promise<void> {
    const { garments, walkedTo } = await embedder.embedNext(ctx, at.walkedTo);
    if (walkedTo !== null) {
      const done = Math.min(at.total, at.done + garments);
      return this.advance(ctx, at, { state: 'RUNNING', walkedTo, done });
    }
    // the end of a walk: garments that were changed under it are left for another
    const count = await this.parts.sweep.count(ctx, encoders.bundle.id);
    const isDone = count.current === count.garments;
    const counted = { total: count.garments, done: count.current, walkedTo: '0' };
    await this.advance(ctx, at, { state: 'RUNNING', ...counted, ...(isDone && { phase: 'INDEXING' as const }) });
  }

  /** The build goes on beside the steps, which only look whether it is done; it is begun again where a process was killed. */
  private async index(ctx: StoreContext, at: Reembedding, { encoders }: OpenModel, signal: AbortSignal): Promise<void> {
    const { id, manifest } = encoders.bundle;
    const build = this.indexing.get(id) ?? this.buildIndex(id, manifest.dimensions);
    for (let looks = 0; looks < INDEX_LOOKS && !signal.aborted; looks++) {
      if (await this.parts.embeddings.hasIndex(id, manifest.dimensions)) {
        return this.advance(ctx, at, { phase: 'COMPARING' });
      }
      // resolved too where another process is at it
      await Promise.all([Promise.race([build, sleep(INDEX_LOOK_MS)]), sleep(INDEX_LOOK_MS)]);
    }
    await this.advance(ctx, at, {});
  }

  private buildIndex(model: string, dimensions: number): Promise<void> {
    const build = this.parts.embeddings.ensureIndex(model, dimensions).finally(() => this.indexing.delete(model));
    // the step that waits for it hears of its failure; it may also outlast its step
    build.catch(() => undefined);
    this.indexing.set(model, build);
    return build;
  }

  private async compare(ctx: StoreContext, at: Reembedding, to: OpenModel, signal: AbortSignal): Promise<void> {
    const report = await this.parts.registry.using(at.fromBundle, (from) =>
      this.parts.comparison.compare(ctx, { from, to }, signal),
    );
    if (meetsGate(report, at.minOverlap)) return this.advance(ctx, at, { phase: 'SWITCHING', report });
    const error = { code: 'GATE_NOT_MET', message: ERROR_CODES.GATE_NOT_MET };
    await this.advance(ctx, at, { state: 'FAILED', phase: 'HELD', report, error, finished: true });
  }

  private async switchOver(ctx: StoreContext, at: Reembedding, model: OpenModel): Promise<void> {
    const switched = await this.parts.reembeddings.switchTo(ctx, at.id, {
      to: { bundle: at.bundle, model: at.model },
      from: { bundle: at.fromBundle, model: at.fromModel },
      step: at.step,
      ...SWITCHED,
    });
    // something came in that it lacks: another walk, which finds little
    if (switched === 'incomplete') return this.embed(ctx, at, model);
    this.parts.models.forget(ctx);
    this.parts.logger.info({ storeId: ctx.storeId, from: at.fromModel, to: at.model }, 'the model was switched');
    await this.noteGolden(ctx);
  }

  /** A switch is not worth less where what its golden queries find cannot be noted. */
  private async noteGolden(ctx: StoreContext): Promise<void> {
    await this.parts.golden.run(ctx, 'SWITCH').catch((error: unknown) => {
      this.parts.logger.warn({ err: error as Error }, 'golden queries were not run after a switch');
    });
  }

  private async reread(ctx: StoreContext, at: Reembedding): Promise<void> {
    // another process may have switched less than a second ago
    this.parts.models.forget(ctx);
    const { walkedTo } = await this.parts.models.serve(ctx, ({ embedder }) => embedder.rereadNext(ctx, at.walkedTo));
    await this.advance(ctx, at, walkedTo === null ? { rereading: false } : { walkedTo });
  }

  private async fail(ctx: StoreContext, at: Reembedding, error: { code: ErrorCode; message: string }): Promise<void> {
    const isUnderWay = at.state === 'QUEUED' || at.state === 'RUNNING';
    const failed: ReembeddingChanges = isUnderWay ? { state: 'FAILED', error, finished: true } : { rereading: false };
    await this.advance(ctx, at, failed);
  }

  private async advance(ctx: StoreContext, at: Reembedding, changes: ReembeddingChanges): Promise<void> {
    await this.parts.reembeddings.advance(ctx, at, changes);
  }
}

/** What a switch, by a job or by hand, makes of a re-embedding. */
export const SWITCHED = {
  state: 'SUCCEEDED',
  phase: 'SWITCHED',
  error: null,
  switched: true,
  finished: true,
} as const satisfies ReembeddingChanges;

/** The code of what another try would only meet again; null where it may well pass. */
function hopelessCode(error: unknown): ErrorCode | null {
  if (error instanceof StartupError) return 'MODEL_UNUSABLE';
  return error instanceof FitroomError && ['MODEL_UNUSABLE', 'REEMBEDDING_OVER'].includes(error.code)
    ? error.code
    : null;
}
