// The walk of background work through a catalog that merchants go on changing.
import { BundlesChanged } from '../../src/store/bundle.repository.js';
import { CatalogScanRepository, type ScannedGarment } from '../../src/store/catalog.scan.repository.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import type { GarmentToSave } from '../../src/store/garment.writes.js';
import { EmbeddingRepository } from '../../src/store/embedding.repository.js';
import { axis, MODEL, OTHER_STORE, row, STORE } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';

const home = withDatabase(OTHER_STORE);
const NEW = 'new@1';
const PAGE = { after: '0', first: 100 };
let garments: GarmentRepository;
let sweep: CatalogScanRepository;

beforeEach(async () => {
  garments = new GarmentRepository(home.database);
  sweep = new CatalogScanRepository(home.database);
  await home.database.query('truncate garments cascade');
  await home.database.query("update stores set bundle = null, beside_bundle = null where store_id = 'default'");
});

const withWords = (sku: string, words: string, model = MODEL): GarmentToSave => {
  const { embedding, ...rest } = row({ sku, model });
  return { ...rest, embedding: { ...embedding!, wordsHash: words } };
};
const skusOf = (swept: ScannedGarment[]): string[] => swept.map(({ garment }) => garment.sku);
const lacking = async (model = NEW): Promise<string[]> => skusOf(await sweep.notCurrent(STORE, model, PAGE));
const embed = (swept: ScannedGarment[]): Promise<void> =>
  sweep.saveEmbeddings(
    STORE,
    NEW,
    swept.map((one) => ({ ...one, embedding: { ...row({ sku: one.garment.sku, model: NEW }).embedding! } })),
  );

it('finds what a model has not embedded, page by page, and counts it', async () => {
  await garments.saveGarments(
    STORE,
    ['a', 'b', 'c'].map((sku) => row({ sku, inStock: sku !== 'b' })),
  );
  await garments.saveGarments(OTHER_STORE, [row({ sku: 'd' })]);
  expect(await lacking()).toEqual(['a', 'b', 'c']);
  expect(await lacking(MODEL)).toEqual([]);
  const first = await sweep.notCurrent(STORE, NEW, { after: '0', first: 2 });
  expect(skusOf(first)).toEqual(['a', 'b']);
  expect(skusOf(await sweep.notCurrent(STORE, NEW, { after: first[1]!.garment.id, first: 2 }))).toEqual(['c']);
  expect(await sweep.count(STORE, NEW)).toEqual({ garments: 3, current: 0 });
  await embed(first);
  expect(await sweep.count(STORE, NEW)).toEqual({ garments: 3, current: 2 });
  expect(await lacking()).toEqual(['c']);
});

it('finds a garment again whose words have been embedded anew with another model only', async () => {
  await garments.saveGarments(STORE, [
    withWords('a', 'one'),
    { ...withWords('b', 'one'), others: [withWords('b', 'one', NEW).embedding!] },
  ]);
  await sweep.saveEmbeddings(STORE, NEW, [
    { ...(await sweep.notCurrent(STORE, NEW, PAGE))[0]!, embedding: withWords('a', 'one', NEW).embedding },
  ]);
  expect(await lacking()).toEqual([]);
  await garments.saveGarments(STORE, [withWords('a', 'two')]);
  expect(await lacking()).toEqual(['a']);
  // both, in one transaction
  await garments.saveGarments(STORE, [
    { ...withWords('a', 'three'), others: [withWords('a', 'three', NEW).embedding!] },
  ]);
  expect([...(await lacking()), ...(await lacking(MODEL))]).toEqual([]);
});

it('writes nothing over a garment that was changed or deleted since it was read', async () => {
  await garments.saveGarments(STORE, [withWords('a', 'one'), row({ sku: 'b' }), row({ sku: 'c' })]);
  const swept = await sweep.notCurrent(STORE, NEW, PAGE);
  await garments.saveGarments(STORE, [{ ...withWords('a', 'two'), others: [withWords('a', 'two', NEW).embedding!] }]);
  await garments.deleteBySkus(STORE, ['b']);
  await embed(swept);
  const ids = swept.map(({ garment }) => garment.id);
  const stored = await new EmbeddingRepository(home.database).featuresOf(STORE, NEW, ids);
  expect([...stored.values()].map(({ wordsHash }) => wordsHash)).toEqual(['two', 'words of c']);
  const facts = swept.map(({ garment, version }) => ({
    garment,
    version,
    facts: { ...garment, color: 'Red' },
    inferredFields: ['color' as const],
  }));
  expect(await sweep.saveInferred(STORE, 'new', facts)).toBe(1);
  const found = await garments.findBySkus(STORE, ['a', 'c']);
  expect(found.map(({ color, inferredFields }) => [color, inferredFields])).toEqual([
    [null, []],
    ['Red', ['color']],
  ]);
});

it('leaves alone what it would not change', async () => {
  await garments.saveGarments(STORE, [row({ sku: 'a' })]);
  const [swept] = await sweep.embedded(STORE, MODEL, PAGE);
  expect(await sweep.saveInferred(STORE, 'new', [{ ...swept!, facts: swept!.garment, inferredFields: [] }])).toBe(0);
  expect((await garments.findBySkus(STORE, ['a']))[0]!.updatedAt).toEqual(swept!.garment.updatedAt);
});

it('refuses a vector without direction before anything is written', async () => {
  await garments.saveGarments(STORE, [row({ sku: 'a' })]);
  const [swept] = await sweep.notCurrent(STORE, NEW, PAGE);
  const embedding = { ...row({ sku: 'a', model: NEW }).embedding!, text: axis(0).fill(0) };
  await expect(sweep.saveEmbeddings(STORE, NEW, [{ ...swept!, embedding }])).rejects.toThrow(/zero vector/);
  expect(await lacking()).toEqual(['a']);
});

describe('saving garments of a store that has bundles of its own', () => {
  const set = (bundle: string | null, beside: string | null) =>
    home.database.query("update stores set bundle = $1, beside_bundle = $2 where store_id = 'default'", [
      bundle,
      beside,
    ]);

  it('is refused where one of them is not among what they were embedded with', async () => {
    await set('old', 'new');
    await expect(garments.saveGarments(STORE, [row({ sku: 'a' })], ['old'])).rejects.toThrow(BundlesChanged);
    await expect(garments.saveGarments(STORE, [row({ sku: 'a' })], ['new', 'third'])).rejects.toThrow(BundlesChanged);
    expect(await garments.findBySkus(STORE, ['a'])).toEqual([]);
    await garments.saveGarments(STORE, [row({ sku: 'a' })], ['new', 'old']);
    expect(await garments.findBySkus(STORE, ['a'])).toHaveLength(1);
  });

  it('writes nothing that one inferred which answers no longer', async () => {
    await garments.saveGarments(STORE, [row({ sku: 'a' })]);
    const [swept] = await sweep.embedded(STORE, MODEL, PAGE);
    const red = [{ ...swept!, facts: { ...swept!.garment, color: 'Red' }, inferredFields: ['color' as const] }];
    await set('new', 'old');
    expect(await sweep.saveInferred(STORE, 'old', red)).toBeNull();
    expect(await sweep.saveInferred(STORE, 'new', red)).toBe(1);
  });

  it('takes any where the store follows the deployment', async () => {
    expect(await garments.saveGarments(STORE, [row({ sku: 'a' })], ['whatever'])).toHaveLength(1);
  });
});
