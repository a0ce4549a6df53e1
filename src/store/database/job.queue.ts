// Jobs that outlive the process that asked for them: pg-boss over the database's own pool. Owns the schema `pgboss` and how
// long a job stays with a worker that has fallen silent. Knows no task, and runs nothing.
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
 * A worker says that it still has a job every 10 s; one that has been silent for 40 s has lost it, which the sweep finds
 * within 10 s more. So a killed worker's job goes on after a minute at most, and a database that is away for 20 s costs none.
 */
const LEASE_SECONDS = 40;
export const BEAT_EVERY_MS = 10_000;
const SWEEP_EVERY_SECONDS = 10;

/** Waits of 1–2, 2–4, 4–8 … s add up to some two hours: longer than whatever passes by itself. */
const TRIES = { retryLimit: 12, retryDelay: 1, retryBackoff: true };

const KEPT = { archiveCompletedAfterSeconds: 3_600, deleteAfterDays: 1 };

/** A job while a worker has it. */
export interface ClaimedJob {
  readonly id: string;
  readonly task: TaskName;
  readonly storeId: string;
  readonly data: Job['data'];
  /** From 0; with the id it names one holding of the job. */
  readonly attempt: number;
  /** Every try has failed: what is left to do is to say so. */
  readonly isGivenUp: boolean;
}

/** Where a job goes when every try has failed. */
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

  /** Makes what is missing of its tables, and begins to look after lost jobs. */
  static async open(database: Database, logger?: StoreLogger): Promise<JobQueue> {
    const db = { executeSql: (text: string, values?: unknown[]) => execute(database, text, values) };
    const boss = new PgBoss({ db, schedule: false, maintenanceIntervalSeconds: SWEEP_EVERY_SECONDS, ...KEPT });
    // a sweep that fails is made up for by the next; without a listener it would end the process
    boss.on('error', (error: Error) => logger?.warn({ reason: error.message }, 'the job queue could not be swept'));
    await boss.start().catch((error: unknown) => {
      throw preparationFailure(error);
    });
    // two processes that make them at once lock each other's tables
    await exclusively(database, { name: 'pgboss queues', others: 'wait' }, () => createQueues(boss));
    return new JobQueue(boss, database);
  }

  /**
   * Queues jobs.
   * @param within the statements of a transaction that they belong to, as its last: queued if it commits, and not otherwise.
   *   From here on the transaction is in no store's name.
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

  /** Queues a task for a store unless it has been queued within this hour of the clock, by whatever process. */
  async sendHourly(task: TaskName, { storeId }: StoreContext): Promise<void> {
    await this.boss.send(task, { storeId, data: {} }, { singletonKey: storeId, singletonSeconds: 3_600 });
  }

  /**
   * Forgets all that is queued, held and kept of a store. Who holds one of its jobs has lost it.
   * @param within the statements of a transaction that this belongs to, in the deployment's name
   */
  async forgetStore({ storeId }: StoreContext, within: Query): Promise<void> {
    for (const table of ['job', 'archive']) {
      await within(`delete from pgboss.${table} where data ->> 'storeId' = $1`, [storeId]);
    }
  }

  /** Whether a store has a job of a task that waits, is held, or is to be tried again. */
  async isUnderWay(task: TaskName, { storeId }: StoreContext): Promise<boolean> {
    const found = await this.database.query(
      `select from pgboss.job where name = $1 and state < 'completed' and data ->> 'storeId' = $2 limit 1`,
      [task, storeId],
    );
    return found.length > 0;
  }

  /** The next job of a task, held from here on; null where there is none, or the database is away. */
  async take(task: TaskName): Promise<ClaimedJob | null> {
    return (await this.takeFrom(task, givenUp(task))) ?? this.takeFrom(task, task);
  }

  /** Holds on to a job. @returns false where it was taken for lost and is no longer this holder's */
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

  /** Gives a job back, to be tried again later, or given up after its last try. */
  async fail(job: ClaimedJob, reason: string): Promise<void> {
    await this.boss.fail(queueOf(job), job.id, { message: reason });
  }

  /** Ends the sweeping. Jobs that are held are their holders' to give back. */
  async close(): Promise<void> {
    await this.boss.stop({ graceful: false });
  }

  private async takeFrom(task: TaskName, queue: string): Promise<ClaimedJob | null> {
    const [found] = (await this.boss.fetch(queue, { includeMetadata: true })) as unknown as StoredJob[];
    if (!found) return null;
    const { storeId, data } = found.data;
    return { id: found.id, task, storeId, data, attempt: found.retryCount, isGivenUp: queue !== task };
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

/** A queue that an earlier version made takes on this one's settings. */
async function createQueue(boss: PgBoss, name: string, options: Omit<PgBoss.Queue, 'name'>): Promise<void> {
  const queue: PgBoss.Queue = { name, policy: 'standard', expireInSeconds: LEASE_SECONDS, ...options };
  await boss.createQueue(name, queue);
  await boss.updateQueue(name, queue);
}

/**
 * pg-boss sends some of its statements as one script with a transaction of its own around it. Failing in the middle it would
 * leave a pooled connection in that transaction; here the transaction is the database's, which rolls it back.
 */
async function execute(database: Database, text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
  const script = /^\s*begin;([\s\S]*)commit;\s*$/i.exec(text)?.[1];
  const rows = await inBackground(() =>
    script ? database.transaction((query) => query(script)) : database.query<unknown>(text, values),
  );
  return { rows };
}
