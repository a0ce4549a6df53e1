// Re-embeddings: switches of a store from one model to another, with their progress.
// Each change of the bundles locks them 'alone', so writers of garments see the state before or after it, never one
// between.
import { v7 as uuid } from 'uuid';
import type { Job } from '../domain/jobs/job.js';
import type { Reembedding } from '../domain/jobs/reembedding.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { FitroomError } from '../errors.js';
import { holdBundles, setBundles, type StoreBundles } from './bundle.repository.js';
import { countCurrent } from './catalog.scan.repository.js';
import type { JobQueue } from './database/job.queue.js';
import type { Query, Database } from './database/database.types.js';

/** A bundle: its folder and the name@version in it. */
export interface BundleName {
  bundle: string;
  model: string;
}

interface Switch extends ReembeddingChanges {
  to: BundleName;
  from: BundleName;
  step?: number;
}

const isUnderWay = ({ state }: Reembedding): boolean => state === 'QUEUED' || state === 'RUNNING';

export class ReembeddingRepository {
  constructor(
    private readonly database: Database,
    private readonly queue: Pick<JobQueue, 'send'>,
  ) {}

  async find(ctx: StoreContext, id: string): Promise<Reembedding | null> {
    return this.found((text, values) => this.database.within(ctx).query(text, values), ctx, id);
  }

  /**
   * Begins a re-embedding: from here on, writers embed garments with the new model too.
   * @param from the current bundle, or the deployment's bundle for a store without its own; it becomes the store's own
   * bundle
   * @throws FitroomError MODEL_SERVES_ALREADY | REEMBEDDING_RUNNING
   */
  begin(ctx: StoreContext, to: BundleName & { minOverlap: number | null }, from: BundleName): Promise<Reembedding> {
    return this.alone(ctx, async (query, bundles) => {
      if (to.bundle === from.bundle) throw new FitroomError('MODEL_SERVES_ALREADY', undefined, ['model']);
      await this.requireNoneRunning(query, ctx);
      if (bundles.serving !== null && bundles.serving !== from.bundle) throw new FitroomError('SERVICE_UNAVAILABLE');
      await setBundles(query, ctx, { serving: from.bundle, beside: to.bundle });
      const count = await countCurrent(query, ctx, to.model);
      const rows = await query<ReembeddingRow>(
        `insert into reembeddings (store_id, id, bundle, model, from_bundle, from_model, state, phase, total, done, min_overlap)
         values ($1, $2, $3, $4, $5, $6, 'QUEUED', 'EMBEDDING', $7, $8, $9) returning ${COLUMNS}`,
        [
          ctx.storeId,
          uuid(),
          to.bundle,
          to.model,
          from.bundle,
          from.model,
          count.garments,
          count.current,
          to.minOverlap,
        ],
      );
      const reembedding = reembeddingOf(rows[0]!);
      const jobs = [nextJob(ctx, reembedding)];
      if (bundles.beside && bundles.beside !== to.bundle)
        jobs.push(...(await this.forgetJobs(query, ctx, bundles.beside)));
      await this.queue.send(jobs, query);
      return reembedding;
    });
  }

  /**
   * Records the progress and queues the job that continues from there.
   * @returns null if another job has recorded this step already
   */
  async advance(ctx: StoreContext, at: Reembedding, changes: ReembeddingChanges): Promise<Reembedding | null> {
    return this.database.within(ctx).transaction(async (query) => {
      const advanced = await this.change(query, ctx, at, changes);
      if (advanced && (isUnderWay(advanced) || advanced.rereading))
        await this.queue.send([nextJob(ctx, advanced)], query);
      return advanced;
    });
  }

  /**
   * Switches to the other model, or back: the active and the standby bundle change places from one statement to the
   * next.
   * @param step step of the job that switches; absent for a switch by hand
   * @returns 'incomplete' if the model has not embedded every garment in its current state; nothing is changed then
   * @throws FitroomError REEMBEDDING_OVER if the store does not have both bundles, or another job has done this step
   * @throws FitroomError REEMBEDDING_RUNNING if another one is running
   */
  switchTo(ctx: StoreContext, id: string, { to, from, step, ...changes }: Switch): Promise<Reembedding | 'incomplete'> {
    return this.alone(ctx, async (query, { serving, beside }) => {
      const at = await this.found(query, ctx, id, 'for update');
      const isOver = serving !== from.bundle || beside !== to.bundle || (step ?? at?.step) !== at?.step;
      if (!at || isOver) throw new FitroomError('REEMBEDDING_OVER');
      await this.requireNoneRunning(query, ctx, id);
      const { garments, current } = await countCurrent(query, ctx, to.model);
      if (current < garments) return 'incomplete';
      const switched = await this.change(query, ctx, at, { ...changes, rereading: true, walkedTo: '0' });
      await setBundles(query, ctx, { serving: to.bundle, beside: from.bundle });
      await this.queue.send([nextJob(ctx, switched!)], query);
      return switched!;
    });
  }

  /**
   * Ends a re-embedding: only the active bundle remains, and the vectors of the other one are deleted.
   * @returns null if it does not exist
   * @throws FitroomError REEMBEDDING_OVER if it has ended already, REEMBEDDING_RUNNING if another one is running
   */
  end(ctx: StoreContext, id: string): Promise<Reembedding | null> {
    return this.alone(ctx, async (query, { serving, beside }) => {
      const at = await this.found(query, ctx, id, 'for update');
      if (!at) return null;
      const bundles = [at.bundle, at.fromBundle];
      if (at.phase === 'ENDED' || !bundles.includes(serving ?? '') || !bundles.includes(beside ?? '')) {
        throw new FitroomError('REEMBEDDING_OVER');
      }
      await this.requireNoneRunning(query, ctx, id);
      await setBundles(query, ctx, { serving, beside: null });
      const state = isUnderWay(at) ? 'CANCELLED' : at.state;
      const ended = await this.change(query, ctx, at, { state, phase: 'ENDED', finished: true });
      const jobs = await this.forgetJobs(query, ctx, beside!);
      if (ended!.rereading) jobs.push(nextJob(ctx, ended!));
      await this.queue.send(jobs, query);
      return ended;
    });
  }

  /**
   * Deletes some of a model's vectors, unless the store uses its bundle.
   * @returns true if there may be more
   */
  async forgetSome(ctx: StoreContext, { bundle, model }: BundleName, most: number): Promise<boolean> {
    const deleted = await this.database.within(ctx).transaction(async (query) => {
      const { serving, beside } = await holdBundles(query, ctx, 'shared');
      if (serving === null || serving === bundle || beside === bundle) return [];
      return query(
        `delete from garment_embeddings where store_id = $1 and model = $2 and garment_id in (
           select garment_id from garment_embeddings where store_id = $1 and model = $2 order by garment_id limit $3
         ) returning garment_id`,
        [ctx.storeId, model, most],
      );
    });
    await this.database.tidy(deleted.length);
    return deleted.length === most;
  }

  private alone<T>(ctx: StoreContext, work: (query: Query, bundles: StoreBundles) => Promise<T>): Promise<T> {
    return this.database.within(ctx).transaction(async (query) => work(query, await holdBundles(query, ctx, 'alone')));
  }

  private async found(
    query: Query,
    { storeId }: StoreContext,
    id: string,
    lock: 'for update' | '' = '',
  ): Promise<Reembedding | null> {
    const rows = await query<ReembeddingRow>(
      `select ${COLUMNS} from reembeddings where store_id = $1 and id = $2 ${lock}`,
      [storeId, id],
    );
    return rows[0] ? reembeddingOf(rows[0]) : null;
  }

  /**
   * Throws if a re-embedding is running. @param exceptId id of one that may run @throws FitroomError
   * REEMBEDDING_RUNNING
   */
  private async requireNoneRunning(
    query: Query,
    { storeId }: StoreContext,
    exceptId: string | null = null,
  ): Promise<void> {
    const running = await query(
      `select from reembeddings where store_id = $1 and state in ('QUEUED', 'RUNNING') and id is distinct from $2::uuid`,
      [storeId, exceptId],
    );
    if (running.length > 0) throw new FitroomError('REEMBEDDING_RUNNING');
  }

  private async change(
    query: Query,
    ctx: StoreContext,
    at: Reembedding,
    changes: ReembeddingChanges,
  ): Promise<Reembedding | null> {
    const { assignments, values } = settings(changes, 4);
    const rows = await query<ReembeddingRow>(
      `update reembeddings set ${['step = step + 1', ...assignments].join(', ')}
       where store_id = $1 and id = $2 and step = $3 returning ${COLUMNS}`,
      [ctx.storeId, at.id, at.step, ...values],
    );
    return rows[0] ? reembeddingOf(rows[0]) : null;
  }

  /** Returns the jobs that delete the vectors of a bundle, one per model: versions in one folder may differ. */
  private async forgetJobs(query: Query, { storeId }: StoreContext, bundle: string): Promise<Job[]> {
    const rows = await query<{ model: string }>(
      `select model from reembeddings where store_id = $1 and bundle = $2
       union select from_model from reembeddings where store_id = $1 and from_bundle = $2 order by model`,
      [storeId, bundle],
    );
    return rows.map(({ model }) => ({ task: 'model-forget', storeId, data: { bundle, model } }));
  }
}

function nextJob({ storeId }: StoreContext, { id, step }: Reembedding): Job {
  return { task: 'reembed', storeId, data: { id, step } };
}

export interface ReembeddingRow extends Omit<Reembedding, 'error' | 'total' | 'done'> {
  total: number;
  done: number;
  errorCode: string | null;
  errorMessage: string | null;
}

export const COLUMNS = `id, bundle, model, from_bundle as "fromBundle", from_model as "fromModel", state, phase, step,
  walked_to as "walkedTo", total, done, min_overlap as "minOverlap", report, error_code as "errorCode",
  error_message as "errorMessage", rereading, started_at as "startedAt", switched_at as "switchedAt",
  finished_at as "finishedAt"`;

/** Changes of a re-embedding. `switched` and `finished` set their time to now. */
export interface ReembeddingChanges extends Partial<
  Pick<Reembedding, 'state' | 'phase' | 'walkedTo' | 'total' | 'done' | 'report' | 'error' | 'rereading'>
> {
  switched?: true;
  finished?: true;
}

/** Returns the assignments of an update statement. @param first number of the first parameter */
export function settings(changes: ReembeddingChanges, first: number): { assignments: string[]; values: unknown[] } {
  const { error, report, walkedTo, switched, finished, ...plain } = changes;
  const columns: [string, unknown][] = Object.entries(plain);
  if (walkedTo !== undefined) columns.push(['walked_to', walkedTo]);
  if (report !== undefined) columns.push(['report', JSON.stringify(report)]);
  if (error !== undefined) columns.push(['error_code', error?.code ?? null], ['error_message', error?.message ?? null]);
  const assignments = columns.map(([column], i) => `${column} = $${first + i}`);
  if (switched) assignments.push('switched_at = now()');
  if (finished) assignments.push('finished_at = now()');
  return { assignments, values: columns.map(([, value]) => value) };
}

export function reembeddingOf({ errorCode, errorMessage, ...row }: ReembeddingRow): Reembedding {
  return { ...row, error: errorCode === null ? null : { code: errorCode, message: errorMessage! } };
}
