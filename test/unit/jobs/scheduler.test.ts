// The schedule of map updates: which stores get a job.
import type { Job } from '../../../src/domain/jobs/job.js';
import { CatalogMapSchedule } from '../../../src/jobs/scheduler.js';

function createSchedule(parts: { behind: string[]; underWay?: string[]; failing?: string[] }) {
  const sent: Job[] = [];
  const warnings: object[] = [];
  const schedule = new CatalogMapSchedule({
    stores: () => Promise.resolve(['a', 'b', 'c'].map((storeId) => ({ storeId }))),
    isBehind: ({ storeId }) =>
      parts.failing?.includes(storeId)
        ? Promise.reject(new Error('its model cannot be opened'))
        : Promise.resolve(parts.behind.includes(storeId)),
    queue: {
      send: (jobs) => Promise.resolve(void sent.push(...jobs)),
      isUnderWay: (_task, { storeId }) => Promise.resolve(parts.underWay?.includes(storeId) ?? false),
    },
    logger: { warn: (fields: object) => void warnings.push(fields) },
  });
  return { schedule, sent, warnings };
}

it('queues one job for each store whose map is behind', async () => {
  const { schedule, sent } = createSchedule({ behind: ['a', 'c'] });
  await schedule.check();
  expect(sent.map(({ storeId, task }) => [task, storeId])).toEqual([
    ['catalog-map', 'a'],
    ['catalog-map', 'c'],
  ]);
});

it('queues no job for a store that has a waiting or running one', async () => {
  const { schedule, sent } = createSchedule({ behind: ['a', 'b'], underWay: ['a'] });
  await schedule.check();
  expect(sent.map(({ storeId }) => storeId)).toEqual(['b']);
});

it('continues with the other stores after a failed check', async () => {
  const { schedule, sent } = createSchedule({ behind: ['b'], failing: ['a'] });
  await schedule.check();
  expect(sent.map(({ storeId }) => storeId)).toEqual(['b']);
});

it('queues nothing after it is stopped', async () => {
  const { schedule, sent } = createSchedule({ behind: ['a'] });
  await schedule.stop();
  await schedule.check();
  expect(sent).toEqual([]);
});
