// Recent requests: a limited number, each once, separate for each store.
import { KEPT_REQUESTS, RequestRepository } from '../../src/store/recommendation.repository.js';
import { OTHER_STORE, STORE } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';

const testDatabase = withDatabase(OTHER_STORE);
const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1, 0, 0, second));

it('the repository keeps the newest 200 requests of a store, each once, the newest first', async () => {
  const requests = new RequestRepository(testDatabase.database);
  await requests.keep(OTHER_STORE, ['theirs'], at(0));
  for (let i = 0; i < 5; i++) {
    await requests.keep(
      STORE,
      Array.from({ length: 50 }, (_, j) => `words ${i * 50 + j}`),
      at(i),
    );
  }
  expect(await requests.recent(STORE, 1_000)).toHaveLength(KEPT_REQUESTS);
  expect(await requests.recent(STORE, 1_000)).not.toContain('words 3');
  await requests.keep(STORE, ['words 60', 'quite new'], at(9));
  expect(await requests.recent(STORE, 2)).toEqual(['quite new', 'words 60']);
  expect(await requests.recent(STORE, 1_000)).toHaveLength(KEPT_REQUESTS);
  expect(await requests.recent(OTHER_STORE, 10)).toEqual(['theirs']);
});

it('the repository accepts the same requests from many processes at once', async () => {
  const requests = new RequestRepository(testDatabase.database);
  const words = Array.from({ length: 50 }, (_, i) => `same ${i}`);
  await Promise.all(
    Array.from({ length: 8 }, (_, i) => requests.keep(STORE, i % 2 ? words : [...words].reverse(), at(20 + i))),
  );
  expect((await requests.recent(STORE, 50)).sort()).toEqual([...words].sort());
});

it('the repository keeps texts that differ only in unstorable characters as one request', async () => {
  const requests = new RequestRepository(testDatabase.database);
  await requests.keep(STORE, ['odd \ud800', 'odd \udfff', 'odd \ufffd'], at(60));
  expect(await requests.recent(STORE, 1)).toEqual(['odd \ufffd']);
});
