// Hybrid search on a real database: full text, vectors, and their fusion.
import { EmbeddingRepository } from '../../src/store/embedding.repository.js';
import { GarmentRepository, type GarmentPage } from '../../src/store/garment.repository.js';
import type { HybridSearch } from '../../src/store/hybrid.search.js';
import { axis, MODEL, randomNumbers, randomUnit, row, STORE, EQUAL_WEIGHTS } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';

const testDatabase = withDatabase();
let garments: GarmentRepository;
let embeddings: EmbeddingRepository;

beforeEach(async () => {
  garments = new GarmentRepository(testDatabase.database);
  embeddings = new EmbeddingRepository(testDatabase.database);
  await testDatabase.database.query('truncate garments cascade');
});

/** Searches with text features that point at axis 0 unless overridden. */
function find(words: string, overrides: Partial<HybridSearch> = {}): Promise<GarmentPage> {
  const textFeatures = overrides.textFeatures ?? axis(0);
  return embeddings.searchWithWords(STORE, {
    model: MODEL,
    words,
    textFeatures,
    halves: EQUAL_WEIGHTS,
    first: 10,
    ...overrides,
  });
}

const skusOf = ({ edges }: GarmentPage): string[] => edges.map(({ garment }) => garment.sku);

it('search ranks a garment that matches by text and vector before those that match by one of them', async () => {
  await garments.saveGarments(STORE, [
    row({ sku: 'words', title: 'Red dress', text: axis(5), image: axis(5) }),
    row({ sku: 'neither', title: 'Blue hat', text: axis(6), image: axis(6) }),
    row({ sku: 'vector', title: 'Scarlet gown', text: axis(0), image: axis(1) }),
    row({ sku: 'both', title: 'Red dress', text: axis(0), image: axis(0) }),
  ]);
  const page = await find('red dress');
  expect(skusOf(page)[0]).toBe('both');
  expect(skusOf(page).at(-1)).toBe('neither');
  expect(page.totalCount).toBe(4);
});

it('search returns the garment with the exact SKU first, in any case', async () => {
  await garments.saveGarments(STORE, [
    row({ sku: 'FR-100/a b', title: 'Something else', text: axis(9), image: axis(9) }),
    ...Array.from({ length: 20 }, (_, i) => row({ sku: `x${i}`, title: 'fr-100/a b', text: axis(0) })),
  ]);
  expect(skusOf(await find(' fr-100/A b '))[0]).toBe('FR-100/a b');
});

it('search matches the last word as a prefix, and ranks a whole word before a prefix', async () => {
  await garments.saveGarments(STORE, [
    row({ sku: 'begun', title: 'Hatched thing', text: axis(0) }),
    row({ sku: 'whole', title: 'Hat thing', text: axis(0) }),
    row({ sku: 'none', title: 'Other thing', text: axis(0) }),
  ]);
  expect(skusOf(await find('thing hat')).slice(0, 2)).toEqual(['whole', 'begun']);
});

it('search supports quoted phrases, "or" and excluded words', async () => {
  // All vectors are equally distant, so the text alone decides.
  const equallyDistant = { text: axis(20), image: axis(21) };
  await garments.saveGarments(STORE, [
    row({ sku: 'a', title: 'red linen dress', ...equallyDistant }),
    row({ sku: 'b', title: 'dress red', ...equallyDistant }),
    row({ sku: 'c', title: 'hat', ...equallyDistant }),
  ]);
  expect(skusOf(await find('"red linen"'))[0]).toBe('a');
  expect(
    skusOf(await find('hat or linen'))
      .slice(0, 2)
      .sort(),
  ).toEqual(['a', 'c']);
  expect(skusOf(await find('dress -linen'))[0]).toBe('b');
});

it('search treats lone hyphens, in any number, as punctuation', async () => {
  const equallyDistant = { text: axis(20), image: axis(21) };
  await garments.saveGarments(STORE, [
    row({ sku: 'hat', title: 'hat', ...equallyDistant }),
    row({ sku: 'red', title: 'Dress - red', ...equallyDistant }),
  ]);
  for (const words of ['dress - red', 'dress -- red', `dress ${'- '.repeat(400)}red`, 'dress "-" red'])
    expect(skusOf(await find(words))[0]).toBe('red');
  for (const words of ['dress or hat -red', `dress or hat ${'-'.repeat(400)}red`, 'dress or hat -"red"'])
    expect(skusOf(await find(words))[0]).toBe('hat');
});

it('search matches Chinese words and words with accents', async () => {
  const equallyDistant = { text: axis(20), image: axis(21) };
  await garments.saveGarments(STORE, [
    row({ sku: 'other', title: 'Something', ...equallyDistant }),
    row({ sku: 'zh', title: '红色 连衣裙', ...equallyDistant }),
    row({ sku: 'fr', title: 'Été', ...equallyDistant }),
  ]);
  expect(skusOf(await find('连衣裙'))[0]).toBe('zh');
  expect(skusOf(await find('été'))[0]).toBe('fr');
});

it.each([
  "'",
  "o'neil",
  '\\',
  ':*',
  '!',
  '&',
  '|',
  '<->',
  '()',
  '"',
  '-',
  '%_',
  '$1',
  'a:*b',
  "''':*",
  '-red',
  'or',
  '   ',
])('search treats %j as text and never as syntax', async (words) => {
  await garments.saveGarments(STORE, [row({ sku: 'a' })]);
  expect(skusOf(await find(words))).toEqual(['a']);
});

it('search returns every hit once over all pages, in one order, with the total count', async () => {
  const random = randomNumbers(5);
  await garments.saveGarments(
    STORE,
    Array.from({ length: 90 }, (_, i) =>
      row({
        sku: `g${i}`,
        title: i % 3 ? 'Red dress' : 'Blue hat',
        text: randomUnit(random),
        image: randomUnit(random),
      }),
    ),
  );
  const all = skusOf(await find('red dress', { first: 100 }));
  expect(new Set(all).size).toBe(90);
  for (const first of [1, 7, 40]) {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: GarmentPage = await find('red dress', { first, after });
      expect(page.totalCount).toBe(90);
      expect(page.hasPreviousPage).toBe(seen.length > 0);
      seen.push(...skusOf(page));
      expect(page.hasNextPage).toBe(seen.length < 90);
      after = page.hasNextPage ? page.edges.at(-1)!.cursor : null;
    } while (after && seen.length < 50);
    expect(seen).toEqual(all.slice(0, seen.length));
  }
});

it('the total counts the 100 nearest garments and all text matches that pass the filter', async () => {
  const rows = Array.from({ length: 130 }, (_, i) =>
    row({
      sku: `g${i}`,
      title: i < 120 ? 'Plain' : 'Red dress',
      brand: i % 2 ? 'A' : 'B',
      text: i < 120 ? axis(0) : axis(5),
      image: axis(9),
    }),
  );
  await garments.saveGarments(STORE, rows.slice(0, 100));
  await garments.saveGarments(STORE, rows.slice(100));
  // The 120 plain garments are nearer: 100 of them count by vector, and 10 others by text.
  expect((await find('red dress')).totalCount).toBe(110);
  expect((await find('red dress', { filter: { brands: ['a'] } })).totalCount).toBe(65);
  const beyond = await find('red dress', { after: Buffer.from('h1:500').toString('base64url') });
  expect(beyond).toEqual({ edges: [], totalCount: 110, hasNextPage: false, hasPreviousPage: true });
});

it('search finds nothing in an empty catalog and refuses cursors of other lists', async () => {
  expect(await find('red')).toEqual({ edges: [], totalCount: 0, hasNextPage: false, hasPreviousPage: false });
  for (const cursor of ['s1:a', 'h1:0', 'h1:-1', 'h1:1.5', 'h1:99999999999', 'h1:']) {
    const after = Buffer.from(cursor).toString('base64url');
    await expect(find('red', { after })).rejects.toMatchObject({ code: 'CURSOR_INVALID', field: ['after'] });
  }
});
