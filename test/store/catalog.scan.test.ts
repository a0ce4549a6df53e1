// Scanning a catalog page by page in the background while merchants change it.
import { BundlesChanged } from '../../src/store/bundle.repository.js';
import { CatalogScanRepository, type ScannedGarment } from '../../src/store/catalog.scan.repository.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import type { GarmentToSave } from '../../src/store/garment.writes.js';
import { EmbeddingRepository } from '../../src/store/embedding.repository.js';
import { axis, MODEL, OTHER_STORE, row, STORE } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';

const testDatabase = withDatabase(OTHER_STORE);
const NEW = 'new@1';
const PAGE = { after: '0', first: 100 };
let garments: GarmentRepository;
let scan: CatalogScanRepository;

beforeEach(async () => {
  garments = new GarmentRepository(testDatabase.database);
  scan = new CatalogScanRepository(testDatabase.database);
  await testDatabase.database.query('truncate garments cascade');
  await testDatabase.database.query("update stores set bundle = null, beside_bundle = null where store_id = 'default'");
});

const withWords = (sku: string, words: string, model = MODEL): GarmentToSave => {
  const { embedding, ...rest } = row({ sku, model });
  return { ...rest, embedding: { ...embedding!, wordsHash: words } };
};
const skusOf = (scanned: ScannedGarment[]): string[] => scanned.map(({ garment }) => garment.sku);
const skusNotCurrent = async (model = NEW): Promise<string[]> => skusOf(await scan.notCurrent(STORE, model, PAGE));
const embed = (scanned: ScannedGarment[]): Promise<void> =>
  scan.saveEmbeddings(
    STORE,
    NEW,
    scanned.map((entry) => ({ ...entry, embedding: { ...row({ sku: entry.garment.sku, model: NEW }).embedding! } })),
  );

it('notCurrent returns the garments that a model has not embedded, page by page, and count counts them', async () => {
  await garments.saveGarments(
    STORE,
    ['a', 'b', 'c'].map((sku) => row({ sku, inStock: sku !== 'b' })),
  );
  await garments.saveGarments(OTHER_STORE, [row({ sku: 'd' })]);
  expect(await skusNotCurrent()).toEqual(['a', 'b', 'c']);
  expect(await skusNotCurrent(MODEL)).toEqual([]);
  const first = await scan.notCurrent(STORE, NEW, { after: '0', first: 2 });
  expect(skusOf(first)).toEqual(['a', 'b']);
  expect(skusOf(await scan.notCurrent(STORE, NEW, { after: first[1]!.garment.id, first: 2 }))).toEqual(['c']);
  expect(await scan.count(STORE, NEW)).toEqual({ garments: 3, current: 0 });
  await embed(first);
  expect(await scan.count(STORE, NEW)).toEqual({ garments: 3, current: 2 });
  expect(await skusNotCurrent()).toEqual(['c']);
});

it('notCurrent returns a garment again if its new text was embedded with another model only', async () => {
  await garments.saveGarments(STORE, [
    withWords('a', 'one'),
    { ...withWords('b', 'one'), others: [withWords('b', 'one', NEW).embedding!] },
  ]);
  await scan.saveEmbeddings(STORE, NEW, [
    { ...(await scan.notCurrent(STORE, NEW, PAGE))[0]!, embedding: withWords('a', 'one', NEW).embedding },
  ]);
  expect(await skusNotCurrent()).toEqual([]);
  await garments.saveGarments(STORE, [withWords('a', 'two')]);
  expect(await skusNotCurrent()).toEqual(['a']);
  // Both embeddings are stored in one transaction.
  await garments.saveGarments(STORE, [
    { ...withWords('a', 'three'), others: [withWords('a', 'three', NEW).embedding!] },
  ]);
  expect([...(await skusNotCurrent()), ...(await skusNotCurrent(MODEL))]).toEqual([]);
});

it('the scan overwrites no garment that was changed or deleted since it was read', async () => {
  await garments.saveGarments(STORE, [withWords('a', 'one'), row({ sku: 'b' }), row({ sku: 'c' })]);
  const scanned = await scan.notCurrent(STORE, NEW, PAGE);
  await garments.saveGarments(STORE, [{ ...withWords('a', 'two'), others: [withWords('a', 'two', NEW).embedding!] }]);
  await garments.deleteBySkus(STORE, ['b']);
  await embed(scanned);
  const ids = scanned.map(({ garment }) => garment.id);
  const stored = await new EmbeddingRepository(testDatabase.database).featuresOf(STORE, NEW, ids);
  expect([...stored.values()].map(({ wordsHash }) => wordsHash)).toEqual(['two', 'words of c']);
  const facts = scanned.map(({ garment, version }) => ({
    garment,
    version,
    facts: { ...garment, color: 'Red' },
    inferredFields: ['color' as const],
  }));
  expect(await scan.saveInferred(STORE, 'new', facts)).toBe(1);
  const saved = await garments.findBySkus(STORE, ['a', 'c']);
  expect(saved.map(({ color, inferredFields }) => [color, inferredFields])).toEqual([
    [null, []],
    ['Red', ['color']],
  ]);
});

it('saveInferred does not write unchanged garments', async () => {
  await garments.saveGarments(STORE, [row({ sku: 'a' })]);
  const [scanned] = await scan.embedded(STORE, MODEL, PAGE);
  expect(await scan.saveInferred(STORE, 'new', [{ ...scanned!, facts: scanned!.garment, inferredFields: [] }])).toBe(0);
  expect((await garments.findBySkus(STORE, ['a']))[0]!.updatedAt).toEqual(scanned!.garment.updatedAt);
});

it('saveEmbeddings refuses a zero vector before it writes anything', async () => {
  await garments.saveGarments(STORE, [row({ sku: 'a' })]);
  const [scanned] = await scan.notCurrent(STORE, NEW, PAGE);
  const embedding = { ...row({ sku: 'a', model: NEW }).embedding!, text: axis(0).fill(0) };
  await expect(scan.saveEmbeddings(STORE, NEW, [{ ...scanned!, embedding }])).rejects.toThrow(/zero vector/);
  expect(await skusNotCurrent()).toEqual(['a']);
});

describe('saving garments of a store with its own bundles', () => {
  const setBundles = (bundle: string | null, beside: string | null) =>
    testDatabase.database.query("update stores set bundle = $1, beside_bundle = $2 where store_id = 'default'", [
      bundle,
      beside,
    ]);

  it('is refused if the garments were not embedded with each of the bundles', async () => {
    await setBundles('old', 'new');
    await expect(garments.saveGarments(STORE, [row({ sku: 'a' })], ['old'])).rejects.toThrow(BundlesChanged);
    await expect(garments.saveGarments(STORE, [row({ sku: 'a' })], ['new', 'third'])).rejects.toThrow(BundlesChanged);
    expect(await garments.findBySkus(STORE, ['a'])).toEqual([]);
    await garments.saveGarments(STORE, [row({ sku: 'a' })], ['new', 'old']);
    expect(await garments.findBySkus(STORE, ['a'])).toHaveLength(1);
  });

  it('skips attributes that were inferred by a bundle which is no longer active', async () => {
    await garments.saveGarments(STORE, [row({ sku: 'a' })]);
    const [scanned] = await scan.embedded(STORE, MODEL, PAGE);
    const red = [{ ...scanned!, facts: { ...scanned!.garment, color: 'Red' }, inferredFields: ['color' as const] }];
    await setBundles('new', 'old');
    expect(await scan.saveInferred(STORE, 'old', red)).toBeNull();
    expect(await scan.saveInferred(STORE, 'new', red)).toBe(1);
  });

  it("accepts any bundle if the store uses the deployment's bundle", async () => {
    expect(await garments.saveGarments(STORE, [row({ sku: 'a' })], ['whatever'])).toHaveLength(1);
  });
});
