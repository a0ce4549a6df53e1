// The job queue: pg-boss over the database pool, in the schema `pgboss`.
// Jobs survive the process that queued them.
import PgBoss from 'pg-boss';
import { TASK_NAMES, type Job, type TaskName } from '../../domain/jobs/job.js';
import { inBackground } from '../../request.scope.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import type { StoreLogger } from './database.home.js';
import { exclusively } from './exclusive.work.js';
import { preparationFailure } from './database.errors.js';
import { LEAVE_SCOPE } from './row.security.js';
import type { Query, Database } from './database.types.js';
/**
 * Seconds after which a silent worker loses its job. A worker confirms its job every 10 s. After 40 s of silence, the
 * next maintenance run frees the job within 10 s. So the job of a killed worker continues after a minute at most, and
 * no job is lost while the database is down for 20 s.
 */
const LEASE_SECONDS = 40;
export const BEAT_EVERY_MS = 10_000;
const MAINTENANCE_EVERY_SECONDS = 10;

/** Retries with waits of 1–2, 2–4, 4–8 … s, about two hours in total, which is longer than any temporary failure. */
const TRIES = { retryLimit: 12, retryDelay: 1, retryBackoff: true };

const RETENTION = { archiveCompletedAfterSeconds: 3_600, deleteAfterDays: 1 };

/** A job that a worker holds. */
export interface ClaimedJob {
  readonly id: string;
  readonly task: TaskName;
  readonly storeId: string;
  readonly data: Job['data'];
  /** Number of earlier attempts, from 0. Together with the id it identifies one claim of the job. */
  readonly attempt: number;
  /** True after every try has failed: the only work left is to report the failure. */
  readonly isGivenUp: boolean;
}

/** Returns the name of the queue for jobs that have failed in every try. */
const givenUp = (task: TaskName): string => `${task}-given-up`;

interface StoredJob {
  id: string;
  data: { storeId: string; data: Job['data'] };
  retryCount: number;
}

export class JobQueue {
  private constructor(
    private readonly boss: PgBoss,
    private readonly database: Database,
  ) {}

  /** Opens the queue: creates its missing tables and starts the maintenance that frees lost jobs. */
  static async open(database: Database, logger?: StoreLogger): Promise<JobQueue> {
    const db = { executeSql: (text: string, values?: unknown[]) => execute(database, text, values) };
    const boss = new PgBoss({
      db,
      schedule: false,
      maintenanceIntervalSeconds: MAINTENANCE_EVERY_SECONDS,
      ...RETENTION,
    });
    // The next maintenance run makes up for one that fails. Without a listener the error would end the process.
    boss.on('error', (error: Error) =>
      logger?.warn({ reason: error.message }, 'the maintenance of the job queue failed'),
    );
    await boss.start().catch((error: unknown) => {
      throw preparationFailure(error);
    });
    // two processes that create the queues at once would block each other's tables
    await exclusively(database, { name: 'pgboss queues', others: 'wait' }, () => createQueues(boss));
    return new JobQueue(boss, database);
  }

  /**
   * Queues jobs.
   * @param within runs statements of the caller's transaction; the jobs are queued only if it commits. Queue them last:
   * from here on the transaction runs as the database owner.
   */
  async send(jobs: Job[], within?: Query): Promise<void> {
    if (jobs.length === 0) return;
    await within?.(LEAVE_SCOPE);
    const db = within && {
      executeSql: async (text: string, values?: unknown[]) => ({ rows: await within(text, values) }),
    };
    const rows = jobs.map(({ task, storeId, data, priority }) => ({ name: task, data: { storeId, data }, priority }));
    await this.boss.insert(rows, { db });
  }

  /** Queues a task for a store unless any process has queued it within the current clock hour. */
  async sendHourly(task: TaskName, { storeId }: StoreContext): Promise<void> {
    await this.boss.send(task, { storeId, data: {} }, { singletonKey: storeId, singletonSeconds: 3_600 });
  }

  /**
   * Deletes all jobs of a store, waiting, held and archived. A worker that holds one of them loses it.
   * @param within runs statements of the caller's transaction, as the database owner
   */
  async forgetStore({ storeId }: StoreContext, within: Query): Promise<void> {
    for (const table of ['job', 'archive']) {
      await within(`delete from pgboss.${table} where data ->> 'storeId' = $1`, [storeId]);
    }
  }

  /** Returns true if the store has a job of this task that waits, is held, or will be retried. */
  async isUnderWay(task: TaskName, { storeId }: StoreContext): Promise<boolean> {
    const jobs = await this.database.query(
      `select from pgboss.job where name = $1 and state < 'completed' and data ->> 'storeId' = $2 limit 1`,
      [task, storeId],
    );
    return jobs.length > 0;
  }

  /** Claims the next job of a task. Returns null if there is none or the database is down. */
  async take(task: TaskName): Promise<ClaimedJob | null> {
    return (await this.takeFrom(task, givenUp(task))) ?? this.takeFrom(task, task);
  }

  /**
   * Confirms that the worker still holds the job. @returns false if the job was considered lost and no longer belongs
   * to it
   */
  async beat(job: ClaimedJob): Promise<boolean> {
    const rows = await this.database.query(
      `update pgboss.job set started_on = now()
       where name = $1 and id = $2 and state = 'active' and retry_count = $3 returning id`,
      [queueOf(job), job.id, job.attempt],
    );
    return rows.length > 0;
  }

  async complete(job: ClaimedJob): Promise<void> {
    await this.boss.complete(queueOf(job), job.id);
  }

  /** Returns a job to the queue for a later retry, or gives it up after the last try. */
  async fail(job: ClaimedJob, reason: string): Promise<void> {
    await this.boss.fail(queueOf(job), job.id, { message: reason });
  }

  /** Stops the maintenance. The workers return the jobs that they hold. */
  async close(): Promise<void> {
    await this.boss.stop({ graceful: false });
  }

  private async takeFrom(task: TaskName, queue: string): Promise<ClaimedJob | null> {
    const [stored] = (await this.boss.fetch(queue, { includeMetadata: true })) as unknown as StoredJob[];
    if (!stored) return null;
    const { storeId, data } = stored.data;
    return { id: stored.id, task, storeId, data, attempt: stored.retryCount, isGivenUp: queue !== task };
  }
}

function queueOf({ task, isGivenUp }: ClaimedJob): string {
  return isGivenUp ? givenUp(task) : task;
}

async function createQueues(boss: PgBoss): Promise<void> {
  for (const task of TASK_NAMES) {
    await createQueue(boss, givenUp(task), TRIES);
    await createQueue(boss, task, { ...TRIES, deadLetter: givenUp(task) });
  }
}

/** Creates a queue, or updates the settings of one that an earlier version created. */
async function createQueue(boss: PgBoss, name: string, options: Omit<PgBoss.Queue, 'name'>): Promise<void> {
  const queue: PgBoss.Queue = { name, policy: 'standard', expireInSeconds: LEASE_SECONDS, ...options };
  await boss.createQueue(name, queue);
  await boss.updateQueue(name, queue);
}

/**
 * Runs a statement of pg-boss. pg-boss sends some statements as one script with its own transaction. If such a script
 * failed halfway, a pooled connection would stay in that transaction; here the database runs the transaction and rolls
 * it back.
 */
async function execute(database: Database, text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
  const script = /^\s*begin;([\s\S]*)commit;\s*$/i.exec(text)?.[1];
  const rows = await inBackground(() =>
    script ? database.transaction((query) => query(script)) : database.query<unknown>(text, values),
  );
  return { rows };
}
