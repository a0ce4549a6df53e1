// Words that few garments have, on a real database, as a store's role sees it.
import { COMMON_FROM, rareTermQuery, inverseDocumentWeight } from '../../src/domain/text/rare.terms.js';
import { NO_QUERY_ROOTS } from '../../src/domain/recommend/label.similarity.js';
import { EmbeddingRepository } from '../../src/store/embedding.repository.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { RareTermSearch } from '../../src/store/rare.term.search.js';
import { axis, MODEL, OTHER_STORE, row, STORE } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';
import { NO_RULES } from '../../src/domain/recommend/merchandising.rule.js';

const home = withDatabase(OTHER_STORE);
const ids = new Map<string, string>();
const NOTHING = new Float32Array(axis(0).length);

beforeAll(async () => {
  const garments = new GarmentRepository(home.database);
  const plain = Array.from({ length: 30 }, (_, i) => row({ sku: `P${i}`, title: 'Cotton shirt', text: axis(0) }));
  const rare = [
    row({ sku: 'L-1', title: 'Linen shirt', brand: 'Harrow', text: axis(5) }),
    row({ sku: 'L-2', title: 'Linen trousers', description: 'with a hidden hook', inStock: false, text: axis(6) }),
  ];
  for (const { garment } of await garments.saveGarments(STORE, [...plain, ...rare])) ids.set(garment.sku, garment.id);
  await garments.saveGarments(OTHER_STORE, [row({ sku: 'L-1', title: 'Linen blazer' })]);
}, 60_000);

const find = (words: string) => new RareTermSearch(home.database).find(STORE, rareTermQuery(words, new Map())!);

it('weighs a word by how few garments of the store have it', async () => {
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

it('brings up the garments of rare words, those with the most first, and no other store’s', async () => {
  const { garmentIds } = await find('harrow linen');
  expect(garmentIds).toEqual([ids.get('L-1'), ids.get('L-2')]);
});

it('finds a number in any case, and no word of a description', async () => {
  expect((await find('l-2')).named).toEqual([ids.get('L-2')]);
  expect((await find('hook')).garmentIds).toEqual([]);
});

it.each(["it's", "o'neil \\ ' | & !", '裙', '\0', 'a'.repeat(900)])(
  'takes %j for words and never for syntax',
  async (words) => {
    const exact = rareTermQuery(words, new Map());
    if (exact) await expect(new RareTermSearch(home.database).find(STORE, exact)).resolves.toBeDefined();
  },
);

it('follows a garment that is renamed or deleted', async () => {
  const garments = new GarmentRepository(home.database);
  await garments.saveGarments(STORE, [row({ sku: 'X-1', title: 'Velvet cape' })]);
  expect((await find('velvet')).garmentIds).toHaveLength(1);
  await garments.saveGarments(STORE, [row({ sku: 'X-1', title: 'Suede cape' })]);
  expect((await find('velvet')).garmentIds).toEqual([]);
  expect((await find('suede')).garmentIds).toHaveLength(1);
  await garments.deleteBySkus(STORE, ['X-1']);
  expect((await find('suede')).garmentIds).toEqual([]);
});

describe('candidates', () => {
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

  it('come up by their words where the vectors do not reach, if the filter lets them', async () => {
    const embeddings = new EmbeddingRepository(home.database);
    const exact = await find('linen');
    const inStock = await embeddings.searchCandidates(STORE, search(exact));
    const found = inStock.map(({ garmentId }) => garmentId);
    expect(found).toHaveLength(11);
    expect(found.at(-1)).toBe(ids.get('L-1'));
    expect(inStock.at(-1)!.rareTermScore).toBeCloseTo(inverseDocumentWeight(32, 2), 6);
    expect(inStock[0]!.rareTermScore).toBe(0);
    const all = await embeddings.searchCandidates(STORE, search(exact), { inStockOnly: false });
    expect(all.map(({ garmentId }) => garmentId)).toEqual(expect.arrayContaining([ids.get('L-1'), ids.get('L-2')]));
  });

  it('come up once where the vectors find them too', async () => {
    const embeddings = new EmbeddingRepository(home.database);
    const found = await embeddings.searchCandidates(STORE, { ...search(await find('cotton')), limit: 100 });
    expect(new Set(found.map(({ garmentId }) => garmentId)).size).toBe(found.length);
  });
});
