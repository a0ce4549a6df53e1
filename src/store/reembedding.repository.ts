// Switches from model to model: where each stands, and the transactions that begin, advance, make and end them. Whatever
// changes a store's bundles holds them alone, so writers of garments see one state or the next, never one between.
import { v7 as uuid } from 'uuid';
import type { Job } from '../domain/jobs/job.js';
import type { Reembedding } from '../domain/jobs/reembedding.js';
import type { StoreContext } from '../domain/access/store.context.js';
import { FitroomError } from '../errors.js';
import { holdBundles, setBundles, type StoreBundles } from './bundle.repository.js';
import { countCurrent } from './catalog.scan.repository.js';
import type { JobQueue } from './database/job.queue.js';
import type { Query, Database } from './database/database.types.js';

/** A bundle by its folder, and the name@version that is in it. */
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
   * Begins: from here on whoever writes garments embeds them with the new model too.
   * @param deployment what answers where the store has no bundle of its own; it has one from here on
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
      const begun = reembeddingOf(rows[0]!);
      const jobs = [goOn(ctx, begun)];
      if (bundles.beside && bundles.beside !== to.bundle)
        jobs.push(...(await this.forgetting(query, ctx, bundles.beside)));
      await this.queue.send(jobs, query);
      return begun;
    });
  }

  /**
   * Puts down how far it is, and queues the job that goes on from there.
   * @returns null where another job did so before
   */
  async advance(ctx: StoreContext, at: Reembedding, changes: ReembeddingChanges): Promise<Reembedding | null> {
    return this.database.within(ctx).transaction(async (query) => {
      const advanced = await this.change(query, ctx, at, changes);
      if (advanced && (isUnderWay(advanced) || advanced.rereading)) await this.queue.send([goOn(ctx, advanced)], query);
      return advanced;
    });
  }

  /**
   * The switch, there or back: from one statement to the next the other model answers, and the one before is kept up beside it.
   * @param step of the job that switches; absent: somebody does, by hand
   * @returns 'incomplete' where the model lacks a garment as it is now; nothing is changed then
   * @throws FitroomError REEMBEDDING_OVER where the store does not have both bundles, or another job was here before
   * @throws FitroomError REEMBEDDING_RUNNING where another one is under way
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
      await this.queue.send([goOn(ctx, switched!)], query);
      return switched!;
    });
  }

  /**
   * Ends it: only the bundle that answers is kept up, and the other one's vectors are forgotten.
   * @throws FitroomError REEMBEDDING_OVER where it has ended already, REEMBEDDING_RUNNING where another one is under way
   */
  end(ctx: StoreContext, id: string): Promise<Reembedding | null> {
    return this.alone(ctx, async (query, { serving, beside }) => {
      const at = await this.found(query, ctx, id, 'for update');
      if (!at) return null;
      const own = [at.bundle, at.fromBundle];
      if (at.phase === 'ENDED' || !own.includes(serving ?? '') || !own.includes(beside ?? '')) {
        throw new FitroomError('REEMBEDDING_OVER');
      }
      await this.requireNoneRunning(query, ctx, id);
      await setBundles(query, ctx, { serving, beside: null });
      const state = isUnderWay(at) ? 'CANCELLED' : at.state;
      const ended = await this.change(query, ctx, at, { state, phase: 'ENDED', finished: true });
      const jobs = await this.forgetting(query, ctx, beside!);
      if (ended!.rereading) jobs.push(goOn(ctx, ended!));
      await this.queue.send(jobs, query);
      return ended;
    });
  }

  /**
   * Drops some of a model's vectors, unless the store has its bundle (again).
   * @returns whether there may be more
   */
  async forgetSome(ctx: StoreContext, { bundle, model }: BundleName, most: number): Promise<boolean> {
    const dropped = await this.database.within(ctx).transaction(async (query) => {
      const { serving, beside } = await holdBundles(query, ctx, 'shared');
      if (serving === null || serving === bundle || beside === bundle) return [];
      return query(
        `delete from garment_embeddings where store_id = $1 and model = $2 and garment_id in (
           select garment_id from garment_embeddings where store_id = $1 and model = $2 order by garment_id limit $3
         ) returning garment_id`,
        [ctx.storeId, model, most],
      );
    });
    await this.database.tidy(dropped.length);
    return dropped.length === most;
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

  /** @throws FitroomError REEMBEDDING_RUNNING @param but one that may be */
  private async requireNoneRunning(query: Query, { storeId }: StoreContext, but: string | null = null): Promise<void> {
    const running = await query(
      `select from reembeddings where store_id = $1 and state in ('QUEUED', 'RUNNING') and id is distinct from $2::uuid`,
      [storeId, but],
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

  /** Which models the bundle's vectors were made by: versions of one folder may differ. */
  private async forgetting(query: Query, { storeId }: StoreContext, bundle: string): Promise<Job[]> {
    const rows = await query<{ model: string }>(
      `select model from reembeddings where store_id = $1 and bundle = $2
       union select from_model from reembeddings where store_id = $1 and from_bundle = $2 order by model`,
      [storeId, bundle],
    );
    return rows.map(({ model }) => ({ task: 'model-forget', storeId, data: { bundle, model } }));
  }
}

function goOn({ storeId }: StoreContext, { id, step }: Reembedding): Job {
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

/** `switched`, `finished`: now. */
export interface ReembeddingChanges extends Partial<
  Pick<Reembedding, 'state' | 'phase' | 'walkedTo' | 'total' | 'done' | 'report' | 'error' | 'rereading'>
> {
  switched?: true;
  finished?: true;
}

/** @param first number of the first parameter */
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
