// Rare terms, on a real database with the role of a store.
import { COMMON_FROM, rareTermQuery, inverseDocumentWeight } from '../../src/domain/text/rare.terms.js';
import { NO_QUERY_ROOTS } from '../../src/domain/recommend/label.similarity.js';
import { EmbeddingRepository } from '../../src/store/embedding.repository.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { RareTermSearch } from '../../src/store/rare.term.search.js';
import { axis, MODEL, OTHER_STORE, row, STORE } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';
import { NO_RULES } from '../../src/domain/recommend/merchandising.rule.js';

const testDatabase = withDatabase(OTHER_STORE);
const ids = new Map<string, string>();
const NOTHING = new Float32Array(axis(0).length);

beforeAll(async () => {
  const garments = new GarmentRepository(testDatabase.database);
  const plain = Array.from({ length: 30 }, (_, i) => row({ sku: `P${i}`, title: 'Cotton shirt', text: axis(0) }));
  const rare = [
    row({ sku: 'L-1', title: 'Linen shirt', brand: 'Harrow', text: axis(5) }),
    row({ sku: 'L-2', title: 'Linen trousers', description: 'with a hidden hook', inStock: false, text: axis(6) }),
  ];
  for (const { garment } of await garments.saveGarments(STORE, [...plain, ...rare])) ids.set(garment.sku, garment.id);
  await garments.saveGarments(OTHER_STORE, [row({ sku: 'L-1', title: 'Linen blazer' })]);
}, 60_000);

const find = (words: string) => new RareTermSearch(testDatabase.database).find(STORE, rareTermQuery(words, new Map())!);

it("a term's weight depends on the number of garments of the store that contain it", async () => {
  const { words } = await find('linen shirt unheard-of');
  expect(words.map(({ word }) => word)).toEqual(['linen', 'shirt']);
  expect(words[0]!.weight).toBeCloseTo(inverseDocumentWeight(32, 2), 6);
  expect(words[1]!.weight).toBeCloseTo(inverseDocumentWeight(32, 31), 6);
  expect([
    inverseDocumentWeight(COMMON_FROM, 1),
    inverseDocumentWeight(COMMON_FROM, COMMON_FROM),
    inverseDocumentWeight(1, 1),
  ]).toEqual([1, 0, 0]);
});

it("rare terms retrieve the store's garments that contain them, those with most terms first", async () => {
  const { garmentIds } = await find('harrow linen');
  expect(garmentIds).toEqual([ids.get('L-1'), ids.get('L-2')]);
});

it('a SKU is found in any case, and a word of a description is not', async () => {
  expect((await find('l-2')).named).toEqual([ids.get('L-2')]);
  expect((await find('hook')).garmentIds).toEqual([]);
});

it.each(["it's", "o'neil \\ ' | & !", '裙', '\0', 'a'.repeat(900)])(
  'a query of %j is treated as text and never as syntax',
  async (words) => {
    const rareTerms = rareTermQuery(words, new Map());
    if (rareTerms)
      await expect(new RareTermSearch(testDatabase.database).find(STORE, rareTerms)).resolves.toBeDefined();
  },
);

it('the term index follows a garment that is renamed or deleted', async () => {
  const garments = new GarmentRepository(testDatabase.database);
  await garments.saveGarments(STORE, [row({ sku: 'X-1', title: 'Velvet cape' })]);
  expect((await find('velvet')).garmentIds).toHaveLength(1);
  await garments.saveGarments(STORE, [row({ sku: 'X-1', title: 'Suede cape' })]);
  expect((await find('velvet')).garmentIds).toEqual([]);
  expect((await find('suede')).garmentIds).toHaveLength(1);
  await garments.deleteBySkus(STORE, ['X-1']);
  expect((await find('suede')).garmentIds).toEqual([]);
});

describe('candidates by rare terms', () => {
  const search = (rareTerms: Awaited<ReturnType<typeof find>>) => ({
    model: MODEL,
    vector: { text: axis(0), image: NOTHING },
    typeProbabilities: null,
    queryRoots: NO_QUERY_ROOTS,
    avoid: [],
    words: null,
    limit: 10,
    rules: NO_RULES,
    rareTerms,
  });

  it('are added if vector search does not reach them and the filter allows them', async () => {
    const embeddings = new EmbeddingRepository(testDatabase.database);
    const rareTerms = await find('linen');
    const inStock = await embeddings.searchCandidates(STORE, search(rareTerms));
    const garmentIds = inStock.map(({ garmentId }) => garmentId);
    expect(garmentIds).toHaveLength(11);
    expect(garmentIds.at(-1)).toBe(ids.get('L-1'));
    expect(inStock.at(-1)!.rareTermScore).toBeCloseTo(inverseDocumentWeight(32, 2), 6);
    expect(inStock[0]!.rareTermScore).toBe(0);
    const all = await embeddings.searchCandidates(STORE, search(rareTerms), { inStockOnly: false });
    expect(all.map(({ garmentId }) => garmentId)).toEqual(expect.arrayContaining([ids.get('L-1'), ids.get('L-2')]));
  });

  it('appear once if vector search finds them too', async () => {
    const embeddings = new EmbeddingRepository(testDatabase.database);
    const found = await embeddings.searchCandidates(STORE, { ...search(await find('cotton')), limit: 100 });
    expect(new Set(found.map(({ garmentId }) => garmentId)).size).toBe(found.length);
  });
});
