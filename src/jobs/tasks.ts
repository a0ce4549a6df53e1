// The tasks of the job queue. Each calls the same services as the API.
import type { ClaimedJob } from '../store/database/job.queue.js';
import type { StoreContext } from '../domain/access/store.context.js';
import type { TaskName } from '../domain/jobs/job.js';
import type { RecommendationHistoryService } from '../services/recommend/recommendation.history.service.js';
import type { GoldenQueryHistory } from '../services/recommend/golden.query.history.js';
import type { ImportReport } from '../services/catalog/import.report.js';
import type { ImportReader } from '../services/catalog/import.reader.js';
import type { ImportBatches } from '../services/catalog/import.batches.js';
import type { ReembeddingSteps } from '../services/models/reembedding.steps.js';
import type { RankLearningService } from '../services/recommend/rank.learning.service.js';
import type { StoreModels } from '../services/models/store.models.js';

export interface Task {
  readonly name: TaskName;
  /**
   * Runs the job. A job may run twice, even at the same time. A task therefore ends with one transaction that has no
   * effect the second time.
   * @param signal aborts if the job is lost or the process stops; further work would be useless
   */
  run(ctx: StoreContext, data: ClaimedJob['data'], signal: AbortSignal): Promise<void>;
  /** Records that the job failed, after every attempt has failed. */
  giveUp(ctx: StoreContext, data: ClaimedJob['data']): Promise<void>;
}

export function logExpiryTask(history: Pick<RecommendationHistoryService, 'expire'>): Task {
  return {
    name: 'answers-expire',
    run: (ctx, _, signal) => history.expire(ctx, signal),
    giveUp: () => Promise.resolve(),
  };
}

/** @param keepUp updates the map of a store with its active model */
export function catalogMapTask(keepUp: (ctx: StoreContext, signal: AbortSignal) => Promise<void>): Task {
  return {
    name: 'catalog-map',
    run: (ctx, _data, signal) => keepUp(ctx, signal),
    giveUp: () => Promise.resolve(),
  };
}

export function goldenRunTask(history: Pick<GoldenQueryHistory, 'runDaily'>): Task {
  return { name: 'golden-run', run: (ctx) => history.runDaily(ctx), giveUp: () => Promise.resolve() };
}

export function importCompareTask(report: Pick<ImportReport, 'end' | 'giveUp'>): Task {
  return {
    name: 'import-compare',
    run: (ctx, { id }) => report.end(ctx, String(id)),
    giveUp: (ctx, { id }) => report.giveUp(ctx, String(id)),
  };
}

export function importReadTask(reader: ImportReader): Task {
  return {
    name: 'import-read',
    run: (ctx, { id }, signal) => reader.read(ctx, String(id), signal),
    giveUp: (ctx, { id }) => reader.giveUp(ctx, String(id)),
  };
}

export function importStoreTask(batches: ImportBatches): Task {
  return {
    name: 'import-store',
    run: (ctx, { id, batch }) => batches.store(ctx, String(id), Number(batch)),
    giveUp: (ctx, { id, batch }) => batches.giveUp(ctx, String(id), Number(batch)),
  };
}

export function modelForgetTask(steps: Pick<ReembeddingSteps, 'forget'>): Task {
  return {
    name: 'model-forget',
    run: (ctx, { bundle, model }, signal) =>
      steps.forget(ctx, { bundle: String(bundle), model: String(model) }, signal),
    giveUp: () => Promise.resolve(),
  };
}

export function rankingLearnTask(
  learning: Pick<RankLearningService, 'learnDaily'>,
  models: Pick<StoreModels, 'serve'>,
): Task {
  return {
    name: 'ranking-learn',
    run: (ctx) => models.serve(ctx, ({ encoders }) => learning.learnDaily(ctx, encoders.bundle.id)),
    giveUp: () => Promise.resolve(),
  };
}

export function reembedTask(steps: Pick<ReembeddingSteps, 'take' | 'giveUp'>): Task {
  return {
    name: 'reembed',
    run: (ctx, { id, step }, signal) => steps.take(ctx, { id: String(id), step: Number(step) }, signal),
    giveUp: (ctx, { id }) => steps.giveUp(ctx, String(id)),
  };
}
