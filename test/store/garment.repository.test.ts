// The catalog's rows on a real database: saving, finding, filtering, counting, deleting.
import type { Garment, GarmentFilter } from '../../src/domain/catalog/garment.js';
import { EmbeddingRepository } from '../../src/store/embedding.repository.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { ImageRepository } from '../../src/store/image.repository.js';
import { axis, MODEL, OTHER_STORE, row, STORE } from '../support/catalog.rows.js';
import { withDatabase } from '../support/database.js';

const testDatabase = withDatabase();
let garments: GarmentRepository;
let embeddings: EmbeddingRepository;
let images: ImageRepository;

beforeEach(async () => {
  garments = new GarmentRepository(testDatabase.database);
  embeddings = new EmbeddingRepository(testDatabase.database);
  images = new ImageRepository(testDatabase.database);
  await testDatabase.database.query('truncate garments cascade');
});

const skusOf = (list: Garment[]): string[] => list.map(({ sku }) => sku);

async function browse(filter: GarmentFilter): Promise<string[]> {
  const page = await garments.browse(STORE, { filter, first: 100 });
  return skusOf(page.edges.map(({ garment }) => garment));
}

describe('saving', () => {
  it('returns every field as it was given, down to the last zero of the price', async () => {
    const facts = {
      title: 'Crème "Robe" d’été 夏天',
      description: 'two\nlines',
      brand: "O'Neil",
      category: 'Dresses',
      garmentType: 'DRESS' as const,
      color: 'Off White',
      material: 'Linen',
      gender: 'WOMEN' as const,
      usage: 'Casual',
      tags: ['new', 'a,b', '{c}', '"d"'],
      sizes: ['S', 'M'],
      price: { amount: '49.90', currency: 'EUR' },
      inStock: false,
      productUrl: 'https://shop.example/robe?x=1',
    };
    const [saved] = await garments.saveGarments(STORE, [
      { ...row({ sku: 'R-1', ...facts }), inferredFields: ['color', 'usage'] },
    ]);
    expect(saved!.outcome).toBe('created');
    expect(saved!.garment).toMatchObject({
      sku: 'R-1',
      ...facts,
      inferredFields: ['color', 'usage'],
      imageHash: 'a'.repeat(64),
    });
    expect(await garments.findBySkus(STORE, ['R-1'])).toEqual([saved!.garment]);
    expect(await garments.findByIds(STORE, [saved!.garment.id])).toEqual([saved!.garment]);
  });

  it('returns garments in the given order, reports which are new, and keeps ids and creation times on updates', async () => {
    const [first] = await garments.saveGarments(STORE, [row({ sku: 'b', title: 'old' })]);
    const saved = await garments.saveGarments(STORE, [
      row({ sku: 'c' }),
      row({ sku: 'b', title: 'new' }),
      row({ sku: 'a' }),
    ]);
    expect(saved.map(({ garment, outcome }) => [garment.sku, outcome])).toEqual([
      ['c', 'created'],
      ['b', 'updated'],
      ['a', 'created'],
    ]);
    const updated = saved[1]!.garment;
    expect(updated).toMatchObject({ id: first!.garment.id, title: 'new', createdAt: first!.garment.createdAt });
    expect(updated.updatedAt.getTime()).toBeGreaterThanOrEqual(first!.garment.updatedAt.getTime());
  });

  it('keeps the picture and embedding if none are given, and deletes the picture on null', async () => {
    const [saved] = await garments.saveGarments(STORE, [row({ sku: 'a' })]);
    const { id } = saved!.garment;
    const [updated] = await garments.saveGarments(STORE, [
      { ...row({ sku: 'a', title: 'T' }), image: undefined, embedding: null },
    ]);
    expect(updated!.garment.imageHash).toBe('a'.repeat(64));
    expect((await images.find(STORE, id))!.bytes).toEqual(Buffer.of(1, 2, 3));
    expect((await embeddings.featuresOf(STORE, MODEL, [id])).get(id)).toEqual({
      features: { text: axis(0), image: axis(1) },
      wordsHash: 'words of a',
      imageHash: 'picture of a',
    });
    const [cleared] = await garments.saveGarments(STORE, [{ ...row({ sku: 'a' }), image: null }]);
    expect(cleared!.garment.imageHash).toBeNull();
    expect(await images.find(STORE, id)).toBeNull();
  });

  it('accepts any text: NUL characters are removed, and a lone surrogate becomes a replacement character', async () => {
    const [saved] = await garments.saveGarments(STORE, [
      row({ sku: 'a', title: 'Na\0me \ud83d 👗', tags: ['\udc57', 'b\0'], description: '\\u0000' }),
    ]);
    expect(saved!.garment).toMatchObject({ title: 'Name \ufffd 👗', tags: ['\ufffd', 'b'], description: '\\u0000' });
    await expect(garments.saveGarments(STORE, [row({ sku: 'a\0' })])).rejects.toThrow(RangeError);
    expect(await garments.findBySkus(STORE, ['a\0', 'a\ud83d'])).toEqual([]);
    expect(await garments.deleteBySkus(STORE, ['a\0'])).toEqual([]);
    expect(await browse({ tags: ['B\0'], excludeSkus: ['\0'], brands: [] })).toEqual(['a']);
  });

  it('stores nothing of a batch if one embedding is zero or not finite', async () => {
    const broken = [new Float32Array(32), Float32Array.of(NaN, 1), Float32Array.of(Infinity, 1)];
    for (const text of broken) {
      const batch = [row({ sku: 'good' }), row({ sku: 'bad', text, image: null })];
      await expect(garments.saveGarments(STORE, batch)).rejects.toThrow(RangeError);
    }
    expect((await garments.browse(STORE, { first: 10 })).totalCount).toBe(0);
  });

  it('stores nothing of a batch if the database refuses one row', async () => {
    const batch = [row({ sku: 'good' }), row({ sku: 'bad', title: '' })];
    await expect(garments.saveGarments(STORE, batch)).rejects.toThrow(/check constraint/);
    expect((await garments.browse(STORE, { first: 10 })).totalCount).toBe(0);
  });
});

describe('finding', () => {
  it('returns garments in the requested order and leaves out missing ones', async () => {
    await garments.saveGarments(
      STORE,
      ['a', 'b', 'c'].map((sku) => row({ sku })),
    );
    expect(skusOf(await garments.findBySkus(STORE, ['c', 'none', 'a']))).toEqual(['c', 'a']);
    const [a, b] = await garments.findBySkus(STORE, ['a', 'b']);
    expect(skusOf(await garments.findByIds(STORE, [b!.id, '999999999', a!.id]))).toEqual(['b', 'a']);
    expect(await garments.findByIds(STORE, [])).toEqual([]);
  });

  it('accepts any text as a garment id and finds no picture for an invalid one', async () => {
    for (const id of ['x', '', '-1', '0', '1e3', '99999999999999999999', "1' or 1=1"]) {
      expect(await images.find(STORE, id)).toBeNull();
    }
  });
});

describe('browsing', () => {
  it('pages by SKU without repeating or skipping, while garments are added and deleted', async () => {
    const skus = Array.from({ length: 25 }, (_, i) => `s${String(i).padStart(2, '0')}`);
    await garments.saveGarments(
      STORE,
      skus.map((sku) => row({ sku })),
    );
    const seen: string[] = [];
    let after: string | null = null;
    for (let pages = 0; ; pages++) {
      const page = await garments.browse(STORE, { first: 10, after });
      seen.push(...page.edges.map(({ garment }) => garment.sku));
      expect(page.hasPreviousPage).toBe(pages > 0);
      if (!page.hasNextPage) break;
      after = page.edges.at(-1)!.cursor;
      // The garment at the cursor is deleted, and a garment before it is added.
      await garments.deleteBySkus(STORE, [page.edges.at(-1)!.garment.sku]);
      await garments.saveGarments(STORE, [row({ sku: `a${pages}` })]);
    }
    expect(seen).toEqual(skus);
  });

  it('refuses cursors that it did not return', async () => {
    const hit = Buffer.from('h1:1').toString('base64url');
    for (const after of [
      '',
      'x',
      '!!',
      hit,
      Buffer.from('s1:').toString('base64url'),
      Buffer.from('s1:a\0').toString('base64url'),
    ]) {
      await expect(garments.browse(STORE, { first: 1, after })).rejects.toMatchObject({
        code: 'CURSOR_INVALID',
        field: ['after'],
      });
    }
  });

  it('orders by bytes on every server, so upper case comes before lower case', async () => {
    await garments.saveGarments(
      STORE,
      ['b', 'A', 'a', 'B', 'é'].map((sku) => row({ sku })),
    );
    expect(await browse({})).toEqual(['A', 'B', 'a', 'b', 'é']);
  });
});

describe('a filter', () => {
  beforeEach(async () => {
    await garments.saveGarments(STORE, [
      row({ sku: 'a', garmentType: 'DRESS', category: 'Dresses', color: 'Navy Blue', brand: 'Ünder', gender: 'WOMEN' }),
      row({
        sku: 'b',
        garmentType: 'SHIRT',
        material: 'Cotton',
        usage: 'Formal',
        tags: ['Summer', 'Sale'],
        sizes: ['XL'],
      }),
      row({ sku: 'c', price: { amount: '9.5', currency: 'EUR' }, sizes: ['m', 'L'] }),
      row({ sku: 'd', price: { amount: '10.00', currency: 'EUR' }, inStock: false }),
      row({ sku: 'e', price: { amount: '9999999999.9999', currency: 'JPY' } }),
    ]);
  });

  it.each<[string, GarmentFilter, string[]]>([
    ['leaves sold-out garments out by default', {}, ['a', 'b', 'c', 'e']],
    ['includes sold-out garments on request', { inStockOnly: false }, ['a', 'b', 'c', 'd', 'e']],
    ['matches any of several types', { garmentTypes: ['SHIRT', 'DRESS'] }, ['a', 'b']],
    ['matches all of several fields', { garmentTypes: ['SHIRT', 'DRESS'], genders: ['WOMEN'] }, ['a']],
    ['compares brands without case, beyond ASCII too', { brands: ['üNDER', 'x'] }, ['a']],
    ['compares colors without case', { colors: ['navy blue'] }, ['a']],
    ['compares categories without case', { categories: ['DRESSES'] }, ['a']],
    ['compares materials and usages without case', { materials: ['cotton'], usages: ['FORMAL'] }, ['b']],
    ['finds a tag among several without case', { tags: ['sale', 'none'] }, ['b']],
    ['finds a size among several without case', { sizes: ['M', 'xl'] }, ['b', 'c']],
    ['compares prices as numbers, not as text', { minPrice: '9.50', maxPrice: '10' }, ['c']],
    ['compares all 14 digits of a price', { minPrice: '9999999999.9999' }, ['e']],
    ['accepts the currency in any case', { currency: 'eur', inStockOnly: false }, ['c', 'd']],
    ['leaves garments without a price out of a price range', { minPrice: '0' }, ['c', 'e']],
    ['leaves out skus', { excludeSkus: ['a', 'c', 'none'] }, ['b', 'e']],
    [
      'treats an empty list as absent',
      { brands: [], sizes: [], excludeSkus: [], garmentTypes: [] },
      ['a', 'b', 'c', 'e'],
    ],
    ['treats values as values, not as SQL', { brands: ["' or true --"], tags: ['$1'] }, []],
  ])('%s', async (_title, filter, skus) => {
    expect(await browse(filter)).toEqual(skus);
    const page = await garments.browse(STORE, { filter, first: 1 });
    expect(page.totalCount).toBe(skus.length);
    expect(page.hasNextPage).toBe(skus.length > 1);
  });

  it('treats the nulls of generated clients as absent', async () => {
    const nulls = {
      garmentTypes: null,
      brands: null,
      minPrice: null,
      currency: null,
      inStockOnly: null,
    } as unknown as GarmentFilter;
    expect(await browse(nulls)).toEqual(['a', 'b', 'c', 'e']);
  });
});

describe('counting', () => {
  it('counts each value once per garment, with its spellings merged, the most frequent first', async () => {
    await garments.saveGarments(STORE, [
      row({ sku: 'a', brand: 'Nike', tags: ['x', 'X', 'y'], garmentType: 'HAT' }),
      row({ sku: 'b', brand: 'NIKE', tags: ['x'], garmentType: 'HAT' }),
      row({ sku: 'c', brand: 'Nike', sizes: ['S', 'M'] }),
      row({ sku: 'd', brand: 'Adidas', inStock: false }),
      row({ sku: 'e', brand: 'Boss', tags: [''] }),
    ]);
    const facets = await garments.facets(STORE, {});
    expect(facets.map(({ field }) => field)).toEqual([
      'garmentType',
      'category',
      'color',
      'gender',
      'brand',
      'material',
      'usage',
      'tag',
      'size',
    ]);
    const valuesOf = (field: string): unknown => facets.find((facet) => facet.field === field)!.values;
    expect(valuesOf('brand')).toEqual([
      { value: 'Nike', count: 3 },
      { value: 'Boss', count: 1 },
    ]);
    expect(valuesOf('tag')).toEqual([
      { value: expect.stringMatching(/^x$/i), count: 2 },
      { value: 'y', count: 1 },
    ]);
    expect(valuesOf('size')).toEqual([
      { value: 'M', count: 1 },
      { value: 'S', count: 1 },
    ]);
    expect(valuesOf('color')).toEqual([]);
  });

  it('counts garments that pass the filter, and returns at most 100 values of a field', async () => {
    await garments.saveGarments(STORE, [
      row({ sku: 'many', tags: Array.from({ length: 150 }, (_, i) => `tag ${i}`), brand: 'B' }),
      row({ sku: 'other', tags: ['tag 149'], brand: 'C' }),
    ]);
    const tags = (await garments.facets(STORE)).find(({ field }) => field === 'tag')!.values;
    expect(tags).toHaveLength(100);
    expect(tags[0]).toEqual({ value: 'tag 149', count: 2 });
    const filtered = await garments.facets(STORE, { brands: ['c'] });
    expect(filtered.find(({ field }) => field === 'tag')!.values).toEqual([{ value: 'tag 149', count: 1 }]);
  });

  it('includes sold-out garments in the statistics of the catalog', async () => {
    await garments.saveGarments(STORE, [
      row({ sku: 'a', garmentType: 'HAT', color: 'Red', price: { amount: '1', currency: 'USD' } }),
      row({ sku: 'b', garmentType: 'HAT', inStock: false, price: { amount: '1', currency: 'EUR' } }),
      { ...row({ sku: 'c' }), embedding: null },
      row({ sku: 'd', model: 'another@1' }),
    ]);
    expect(await garments.stats(STORE, MODEL)).toEqual({
      garments: 4,
      inStock: 3,
      embedded: 2,
      byGarmentType: [{ value: 'HAT', count: 2 }],
      byColor: [{ value: 'Red', count: 1 }],
    });
    expect(await garments.currencies(STORE)).toEqual(['EUR', 'USD']);
    expect(await garments.currencies(OTHER_STORE)).toEqual([]);
  });
});

describe('deleting', () => {
  it('deletes pictures and embeddings too, returns the deleted SKUs, and never reuses an id', async () => {
    const [saved] = await garments.saveGarments(STORE, [row({ sku: 'a' }), row({ sku: 'b' })]);
    expect(await garments.deleteBySkus(STORE, ['none', 'b', 'a', 'a'])).toEqual(['b', 'a']);
    expect(await garments.deleteBySkus(STORE, ['a'])).toEqual([]);
    const [remaining] = await testDatabase.database.query(
      'select (select count(*) from garment_images)::int as images, (select count(*) from garment_embeddings)::int as embeddings',
    );
    expect(remaining).toEqual({ images: 0, embeddings: 0 });
    const [again] = await garments.saveGarments(STORE, [row({ sku: 'a' })]);
    expect(BigInt(again!.garment.id)).toBeGreaterThan(BigInt(saved!.garment.id));
  });
});
