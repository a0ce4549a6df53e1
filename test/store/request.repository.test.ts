// Recent requests: few, each once, and each store's own.
import { KEPT_REQUESTS, RequestRepository } from '../../src/store/recommendation.repository.js';
import { OTHER_STORE, STORE } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';

const home = withDatabase(OTHER_STORE);
const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1, 0, 0, second));

it('keeps the newest 200 of a store, each once, the newest first', async () => {
  const requests = new RequestRepository(home.database);
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

it('lets many processes keep the same words at once', async () => {
  const requests = new RequestRepository(home.database);
  const words = Array.from({ length: 50 }, (_, i) => `same ${i}`);
  await Promise.all(
    Array.from({ length: 8 }, (_, i) => requests.keep(STORE, i % 2 ? words : [...words].reverse(), at(20 + i))),
  );
  expect((await requests.recent(STORE, 50)).sort()).toEqual([...words].sort());
});

it('keeps words that differ only in what cannot be stored as one', async () => {
  const requests = new RequestRepository(home.database);
  await requests.keep(STORE, ['odd \ud800', 'odd \udfff', 'odd \ufffd'], at(60));
  expect(await requests.recent(STORE, 1)).toEqual(['odd \ufffd']);
});
