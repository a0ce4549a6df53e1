// Two stores with the same SKUs: a query for one store never returns rows of the other.
import { NO_QUERY_ROOTS } from '../../src/domain/recommend/label.similarity.js';
import { EmbeddingRepository } from '../../src/store/embedding.repository.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { ImageRepository } from '../../src/store/image.repository.js';
import { axis, certain, COLORS, MODEL, OTHER_STORE, row, STORE, EQUAL_WEIGHTS } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';
import { NO_RULES } from '../../src/domain/recommend/merchandising.rule.js';

const testDatabase = withDatabase(OTHER_STORE);
const skus = ['a', 'b', 'c'];
const search = {
  model: MODEL,
  vector: { text: axis(0), image: axis(1) },
  typeProbabilities: certain(10, 0),
  queryRoots: { ...NO_QUERY_ROOTS, color: certain(COLORS, 0) },
  avoid: [
    {
      features: axis(2),
      wordsQuery: null,
      typeProbabilities: null,
      roots: NO_QUERY_ROOTS,
      comparesPictures: true,
      labels: { kind: false, color: false },
    },
  ],
  words: 'theirs',
  limit: 100,
  rules: NO_RULES,
};

it('every read returns rows of its own store only', async () => {
  const garments = new GarmentRepository(testDatabase.database);
  const embeddings = new EmbeddingRepository(testDatabase.database);
  const images = new ImageRepository(testDatabase.database);
  const price = { amount: '1', currency: 'CHF' };
  const ownRows = await garments.saveGarments(
    STORE,
    skus.map((sku) => row({ sku, title: 'mine', brand: 'mine' })),
  );
  const otherRows = await garments.saveGarments(
    OTHER_STORE,
    skus.map((sku) => row({ sku, title: 'theirs', brand: 'theirs', price })),
  );
  await garments.saveGarments(OTHER_STORE, [row({ sku: 'd', title: 'theirs', image: axis(9) })]);
  const ownIds = ownRows.map(({ garment }) => garment.id);
  const otherIds = otherRows.map(({ garment }) => garment.id);
  expect(new Set([...ownIds, ...otherIds]).size).toBe(6);

  expect((await garments.findBySkus(STORE, skus)).map(({ title }) => title)).toEqual(['mine', 'mine', 'mine']);
  expect(await garments.findByIds(STORE, otherIds)).toEqual([]);
  expect((await garments.browse(STORE, { first: 10 })).totalCount).toBe(3);
  expect(await garments.currencies(STORE)).toEqual([]);
  const brands = (await garments.facets(STORE)).find(({ field }) => field === 'brand')!.values;
  expect(brands).toEqual([{ value: 'mine', count: 3 }]);
  expect(await garments.stats(STORE, MODEL)).toMatchObject({ garments: 3, inStock: 3, embedded: 3 });

  const candidates = await embeddings.searchCandidates(STORE, search);
  expect(candidates.map(({ garmentId }) => garmentId).sort()).toEqual([...ownIds].sort());
  expect(await embeddings.featuresOf(STORE, MODEL, otherIds)).toEqual(new Map());
  const pictures = [{ garmentId: null, features: axis(9) }];
  expect(await embeddings.findDuplicates(STORE, { model: MODEL, pictures, leastCosine: 0.5 })).toEqual([null]);
  const page = await embeddings.searchWithWords(STORE, {
    model: MODEL,
    words: 'theirs',
    textFeatures: axis(0),
    halves: EQUAL_WEIGHTS,
    first: 10,
  });
  expect(page.edges.map(({ garment }) => garment.title)).toEqual(['mine', 'mine', 'mine']);
  expect(await images.find(STORE, otherIds[0]!)).toBeNull();
});

it('writes and deletions change their own store only', async () => {
  const garments = new GarmentRepository(testDatabase.database);
  await garments.saveGarments(STORE, [row({ sku: 'a', title: 'mine' })]);
  await garments.saveGarments(OTHER_STORE, [row({ sku: 'a', title: 'theirs' })]);
  const [updated] = await garments.saveGarments(STORE, [row({ sku: 'a', title: 'mine, again' })]);
  expect(updated!.outcome).toBe('updated');
  expect((await garments.findBySkus(OTHER_STORE, ['a']))[0]!.title).toBe('theirs');
  expect(await garments.deleteBySkus(STORE, ['a'])).toEqual(['a']);
  expect(await garments.findBySkus(OTHER_STORE, ['a'])).toHaveLength(1);
});
