// Steps of a model switch: embed → index → compare → switch → re-infer.
// A step is small, may run twice and stores its progress, so a killed process loses at most one step.
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

/** Interval and number of the checks for a finished index within one step. */
const INDEX_CHECK_MS = 500;
const INDEX_CHECKS = 20;
/** Vectors that one transaction deletes, in about 50 ms. */
const DELETE_BATCH = 1_000;

export interface ReembeddingStepsParts {
  registry: ModelRegistry;
  models: StoreModels;
  reembeddings: ReembeddingRepository;
  embeddings: EmbeddingRepository;
  scan: CatalogScanRepository;
  comparison: ModelComparison;
  golden: Pick<GoldenQueryHistory, 'run'>;
  logger: Logger;
}

export class ReembeddingSteps {
  /** Running index builds, by model. A build may outlast the step that started it. */
  // eslint-disable-next-line no-restricted-syntax -- one entry for each model that is being indexed
  private readonly indexing = new Map<string, Promise<void>>();

  constructor(private readonly parts: ReembeddingStepsParts) {}

  /**
   * Runs the next step, which queues the following one.
   * @param job id of the re-embedding and number of the step; a step that has run already is ignored
   */
  async take(ctx: StoreContext, job: { id: string; step: number }, signal: AbortSignal): Promise<void> {
    const reembedding = await this.parts.reembeddings.find(ctx, job.id);
    if (reembedding?.step !== job.step) return;
    try {
      if (reembedding.state === 'QUEUED' || reembedding.state === 'RUNNING')
        await this.advancePhase(ctx, reembedding, signal);
      else if (reembedding.rereading) await this.reinfer(ctx, reembedding);
    } catch (error) {
      const code = permanentErrorCode(error);
      if (!code) throw error;
      this.parts.logger.warn({ err: error as Error, reembedding: job.id }, 'a re-embedding cannot continue');
      await this.fail(ctx, reembedding, { code, message: (error as Error).message });
    }
  }

  /** Ends a re-embedding after every attempt at a step has failed. */
  async giveUp(ctx: StoreContext, id: string): Promise<void> {
    const reembedding = await this.parts.reembeddings.find(ctx, id);
    if (reembedding)
      await this.fail(ctx, reembedding, { code: 'SERVICE_UNAVAILABLE', message: ERROR_CODES.SERVICE_UNAVAILABLE });
  }

  /** Deletes the vectors of a model that the store no longer uses. */
  async forget(ctx: StoreContext, name: { bundle: string; model: string }, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await this.parts.reembeddings.forgetSome(ctx, name, DELETE_BATCH)));
  }

  private advancePhase(ctx: StoreContext, reembedding: Reembedding, signal: AbortSignal): Promise<void> {
    return this.parts.registry.using(reembedding.bundle, async (model) => {
      if (model.encoders.bundle.id !== reembedding.model) {
        throw new FitroomError(
          'MODEL_UNUSABLE',
          `The folder ${reembedding.bundle} now holds ${model.encoders.bundle.id}.`,
        );
      }
      if (reembedding.phase === 'INDEXING') return this.index(ctx, reembedding, model, signal);
      if (reembedding.phase === 'COMPARING') return this.compare(ctx, reembedding, model, signal);
      if (reembedding.phase === 'SWITCHING') return this.switchOver(ctx, reembedding, model);
      return this.embed(ctx, reembedding, model);
    });
  }

  private async embed(ctx: StoreContext, reembedding: Reembedding, { embedder, encoders }: OpenModel): Promise<void> {
    const { garments, walkedTo } = await embedder.embedNext(ctx, reembedding.walkedTo);
    if (walkedTo !== null) {
      const done = Math.min(reembedding.total, reembedding.done + garments);
      return this.advance(ctx, reembedding, { state: 'RUNNING', walkedTo, done });
    }
    // the end of a scan; garments that changed meanwhile are left for another scan
    const count = await this.parts.scan.count(ctx, encoders.bundle.id);
    const isDone = count.current === count.garments;
    const counted = { state: 'RUNNING' as const, total: count.garments, done: count.current, walkedTo: '0' };
    const progress: ReembeddingChanges = isDone ? { ...counted, phase: 'INDEXING' } : counted;
    await this.advance(ctx, reembedding, progress);
  }

  /** Starts the build of the index unless it is running, and waits for it. The build may outlast this step. */
  private async index(
    ctx: StoreContext,
    reembedding: Reembedding,
    { encoders }: OpenModel,
    signal: AbortSignal,
  ): Promise<void> {
    const { id, manifest } = encoders.bundle;
    const build = this.indexing.get(id) ?? this.buildIndex(id, manifest.dimensions);
    for (let checks = 0; checks < INDEX_CHECKS && !signal.aborted; checks++) {
      if (await this.parts.embeddings.hasIndex(id, manifest.dimensions)) {
        return this.advance(ctx, reembedding, { phase: 'COMPARING' });
      }
      // the build also resolves if another process builds the index, hence the second wait
      await Promise.all([Promise.race([build, sleep(INDEX_CHECK_MS)]), sleep(INDEX_CHECK_MS)]);
    }
    await this.advance(ctx, reembedding, {});
  }

  private buildIndex(model: string, dimensions: number): Promise<void> {
    const build = this.parts.embeddings.ensureIndex(model, dimensions).finally(() => this.indexing.delete(model));
    // a waiting step gets the error; without a waiting step it must not end the process
    build.catch(() => undefined);
    this.indexing.set(model, build);
    return build;
  }

  private async compare(
    ctx: StoreContext,
    reembedding: Reembedding,
    to: OpenModel,
    signal: AbortSignal,
  ): Promise<void> {
    const report = await this.parts.registry.using(reembedding.fromBundle, (from) =>
      this.parts.comparison.compare(ctx, { from, to }, signal),
    );
    if (meetsGate(report, reembedding.minOverlap))
      return this.advance(ctx, reembedding, { phase: 'SWITCHING', report });
    const error = { code: 'GATE_NOT_MET', message: ERROR_CODES.GATE_NOT_MET };
    await this.advance(ctx, reembedding, { state: 'FAILED', phase: 'HELD', report, error, finished: true });
  }

  private async switchOver(ctx: StoreContext, reembedding: Reembedding, model: OpenModel): Promise<void> {
    const switched = await this.parts.reembeddings.switchTo(ctx, reembedding.id, {
      to: { bundle: reembedding.bundle, model: reembedding.model },
      from: { bundle: reembedding.fromBundle, model: reembedding.fromModel },
      step: reembedding.step,
      ...SWITCHED,
    });
    // new garments lack an embedding: another scan follows, which finds few
    if (switched === 'incomplete') return this.embed(ctx, reembedding, model);
    this.parts.models.forget(ctx);
    this.parts.logger.info(
      { storeId: ctx.storeId, from: reembedding.fromModel, to: reembedding.model },
      'the model was switched',
    );
    await this.runGoldenQueries(ctx);
  }

  /** Runs the golden queries after a switch. A failure is only logged, because the switch is done. */
  private async runGoldenQueries(ctx: StoreContext): Promise<void> {
    await this.parts.golden.run(ctx, 'SWITCH').catch((error: unknown) => {
      this.parts.logger.warn({ err: error as Error }, 'golden queries were not run after a switch');
    });
  }

  private async reinfer(ctx: StoreContext, reembedding: Reembedding): Promise<void> {
    // the cached bundles may be outdated: another process may have switched within the last second
    this.parts.models.forget(ctx);
    const { walkedTo } = await this.parts.models.serve(ctx, ({ embedder }) =>
      embedder.reinferNext(ctx, reembedding.walkedTo),
    );
    await this.advance(ctx, reembedding, walkedTo === null ? { rereading: false } : { walkedTo });
  }

  private async fail(
    ctx: StoreContext,
    reembedding: Reembedding,
    error: { code: ErrorCode; message: string },
  ): Promise<void> {
    const isUnderWay = reembedding.state === 'QUEUED' || reembedding.state === 'RUNNING';
    const failed: ReembeddingChanges = isUnderWay ? { state: 'FAILED', error, finished: true } : { rereading: false };
    await this.advance(ctx, reembedding, failed);
  }

  private async advance(ctx: StoreContext, reembedding: Reembedding, changes: ReembeddingChanges): Promise<void> {
    await this.parts.reembeddings.advance(ctx, reembedding, changes);
  }
}

/** Changes of a re-embedding at a switch. */
export const SWITCHED = {
  state: 'SUCCEEDED',
  phase: 'SWITCHED',
  error: null,
  switched: true,
  finished: true,
} as const satisfies ReembeddingChanges;

/** Returns the code of an error that would repeat at every attempt. Null for a temporary error. */
function permanentErrorCode(error: unknown): ErrorCode | null {
  if (error instanceof StartupError) return 'MODEL_UNUSABLE';
  return error instanceof FitroomError && ['MODEL_UNUSABLE', 'REEMBEDDING_OVER'].includes(error.code)
    ? error.code
    : null;
}
