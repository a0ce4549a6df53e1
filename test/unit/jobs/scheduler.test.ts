import type { Job } from '../../../src/domain/jobs/job.js';
import { CatalogMapSchedule } from '../../../src/jobs/scheduler.js';

function watching(parts: { behind: string[]; underWay?: string[]; failing?: string[] }) {
  const sent: Job[] = [];
  const warnings: object[] = [];
  const watch = new CatalogMapSchedule({
    stores: () => Promise.resolve(['a', 'b', 'c'].map((storeId) => ({ storeId }))),
    isBehind: ({ storeId }) =>
      parts.failing?.includes(storeId)
        ? Promise.reject(new Error('its model cannot be opened'))
        : Promise.resolve(parts.behind.includes(storeId)),
    queue: {
      send: (jobs) => Promise.resolve(void sent.push(...jobs)),
      isUnderWay: (_task, { storeId }) => Promise.resolve(parts.underWay?.includes(storeId) ?? false),
    },
    logger: { warn: (given: object) => void warnings.push(given) },
  });
  return { watch, sent, warnings };
}

it('queues one job for each store whose map is behind', async () => {
  const { watch, sent } = watching({ behind: ['a', 'c'] });
  await watch.look();
  expect(sent.map(({ storeId, task }) => [task, storeId])).toEqual([
    ['catalog-map', 'a'],
    ['catalog-map', 'c'],
  ]);
});

it('queues none where one waits or is at work', async () => {
  const { watch, sent } = watching({ behind: ['a', 'b'], underWay: ['a'] });
  await watch.look();
  expect(sent.map(({ storeId }) => storeId)).toEqual(['b']);
});

it('a store that cannot be looked at does not keep it from the others', async () => {
  const { watch, sent } = watching({ behind: ['b'], failing: ['a'] });
  await watch.look();
  expect(sent.map(({ storeId }) => storeId)).toEqual(['b']);
});

it('looks at none any more once it is stopped', async () => {
  const { watch, sent } = watching({ behind: ['a'] });
  await watch.stop();
  await watch.look();
  expect(sent).toEqual([]);
});
