// The job queue on either database: what is queued is kept, held by one, and given to another where its holder is lost.
import type { Job } from '../../src/domain/jobs/job.js';
import { JobQueue, type ClaimedJob } from '../../src/store/database/job.queue.js';
import { OTHER_STORE, STORE } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';

const home = withDatabase();
let queue: JobQueue;
beforeAll(async () => {
  queue = await JobQueue.open(home.database);
});
afterAll(() => queue.close());
afterEach(async () => {
  await home.database.query('delete from pgboss.job');
});

const job = (n: number, more: Partial<Job> = {}): Job => ({
  task: 'import-store',
  storeId: STORE.storeId,
  data: { n },
  ...more,
});

/** As if its holder had fallen silent a minute ago. */
async function silence(held: ClaimedJob): Promise<void> {
  await home.database.query("update pgboss.job set started_on = now() - interval '1 minute' where id = $1", [held.id]);
}

/** What the sweep does every 10 s. */
async function sweep(): Promise<void> {
  await (queue as unknown as { boss: { expire(): Promise<void> } }).boss.expire();
  await home.database.query("update pgboss.job set start_after = now() - interval '1 second'");
}

it('hands jobs out once, by priority and then by age, with the store that they belong to', async () => {
  await queue.send([job(1), job(2, { storeId: OTHER_STORE.storeId })]);
  await queue.send([job(3, { priority: 1 })]);
  const taken = [await queue.take('import-store'), await queue.take('import-store'), await queue.take('import-store')];
  expect(taken.map((held) => held!.data['n'])).toEqual([3, ...taken.slice(1).map((held) => held!.data['n'])]);
  expect(new Set(taken.map((held) => `${held!.data['n']} ${held!.storeId}`))).toEqual(
    new Set(['1 default', '2 other', '3 default']),
  );
  expect(await queue.take('import-store')).toBeNull();
  expect(await queue.take('import-read')).toBeNull();
});

it('queues with a transaction that commits, and not with one that does not', async () => {
  await home.database.within(STORE).transaction((query) => queue.send([job(1)], query));
  const failing = home.database.within(STORE).transaction(async (query) => {
    await queue.send([job(2)], query);
    throw new Error('rolled back');
  });
  await expect(failing).rejects.toThrow('rolled back');
  expect((await queue.take('import-store'))!.data).toEqual({ n: 1 });
  expect(await queue.take('import-store')).toBeNull();
});

it('gives a silent holder’s job to another, and tells the first that it is lost', async () => {
  await queue.send([job(1)]);
  const first = (await queue.take('import-store'))!;
  expect(await queue.beat(first)).toBe(true);
  await silence(first);
  await sweep();
  expect(await queue.beat(first)).toBe(false);
  const second = (await queue.take('import-store'))!;
  expect(second).toMatchObject({ id: first.id, attempt: 1 });
  // the same job is active again, but not the first holder's
  expect(await queue.beat(first)).toBe(false);
  expect(await queue.beat(second)).toBe(true);
});

it('keeps a job with a holder that goes on saying so', async () => {
  await queue.send([job(1)]);
  const held = (await queue.take('import-store'))!;
  await silence(held);
  await queue.beat(held);
  await sweep();
  expect(await queue.take('import-store')).toBeNull();
  await queue.complete(held);
  expect(await queue.beat(held)).toBe(false);
});

it('tries a failed job again later, and hands it out as given up after the last try', async () => {
  await queue.send([job(1)]);
  let held = (await queue.take('import-store'))!;
  await queue.fail(held, 'no luck');
  expect(await queue.take('import-store')).toBeNull(); // not at once
  for (let tries = 1; tries <= 12; tries++) {
    await sweep();
    held = (await queue.take('import-store'))!;
    expect(held).toMatchObject({ attempt: tries, isGivenUp: false });
    await queue.fail(held, 'no luck');
  }
  await sweep();
  expect(await queue.take('import-store')).toMatchObject({ isGivenUp: true, data: { n: 1 }, storeId: 'default' });
});

it('opens on a database that has it already', async () => {
  const second = await JobQueue.open(home.database);
  await second.send([job(1)]);
  await second.close();
  expect(await queue.take('import-store')).not.toBeNull();
});

it('leaves no transaction open where a sweep fails in the middle', async () => {
  await home.database.query('alter table pgboss.archive rename to archive_away');
  const boss = (queue as unknown as { boss: { archive(): Promise<void> } }).boss;
  await expect(boss.archive()).rejects.toThrow(/archive/);
  await home.database.query('alter table pgboss.archive_away rename to archive');
  await queue.send([job(1)]);
  expect(await queue.take('import-store')).not.toBeNull();
});
