// Text tables, malformed ones included: Google's with tabs or commas, and Shopify exports.
import { gzipSync } from 'node:zlib';
import { codeOf, readFeed } from '../../support/feed.js';

const google = (...rows: string[][]): string =>
  [['id', 'title', 'image_link', 'price'], ...rows].map((cells) => cells.join('\t')).join('\r\n') + '\r\n';
const GOOD = ['A', 'Red dress', 'https://shop.example/a.jpg', '49.90 EUR'];
const failuresOf = async (file: Uint8Array | string, chunk?: number) =>
  (await readFeed(file, {}, chunk)).failures.map(({ row, code }) => [row, code]);

describe('a text table', () => {
  it.each([
    ['tabs', '\t'],
    ['commas', ','],
    ['semicolons', ';'],
  ])('is read with %s, a byte order mark, Windows line ends and quotes in quotes', async (_, delimiter) => {
    const file = `\ufeffID${delimiter}Title\r\n1${delimiter}"A ""little"" dress\r\nin two lines, or; three"\r\n\r\n2${delimiter}5" heel\r\n`;
    for (const chunk of [1, 7, 1e6]) {
      const { format, garments, rows, failures } = await readFeed(file, {}, chunk);
      expect(format).toBe('GOOGLE_PRODUCTS');
      expect(garments.map(({ sku, title }) => [sku, title])).toEqual([
        ['1', 'A "little" dress\r\nin two lines, or; three'],
        ['2', '5" heel'],
      ]);
      expect(rows).toEqual([2, 4]);
      expect(failures).toEqual([]);
    }
  });

  it('with an unclosed quote loses only the row of the quote', async () => {
    const file = google(GOOD, ['B', '"Blue dress', 'x', '1.00 EUR'], ['C', 'Hat', 'x', '2.00 EUR']);
    for (const chunk of [3, 1e6]) {
      const { garments, failures } = await readFeed(file, {}, chunk);
      expect(garments.map(({ sku }) => sku)).toEqual(['A', 'C']);
      expect(failures).toMatchObject([{ row: 3, code: 'ROW_UNREADABLE', message: expect.stringContaining('quote') }]);
    }
  });

  it('loses only that row even if the next megabyte has no closing quote', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => [`N${i}`, 'Hat'.repeat(20), 'x', '2.00 EUR']);
    const { garments, failures } = await readFeed(
      google(GOOD, ['B', '"Blue dress', 'x', '1 EUR'], ...many),
      {},
      65_536,
    );
    expect(failures).toMatchObject([{ row: 3, code: 'ROW_UNREADABLE' }]);
    expect(garments).toHaveLength(20_001);
  }, 60_000);

  it('counts a line of 10 MB as one failed row', async () => {
    const file = google(GOOD, ['B', 'x'.repeat(10_000_000), 'x', ''], ['C', 'Hat', 'x', '2.00 EUR']);
    const { garments, rows, failures } = await readFeed(file, {}, 65_536);
    expect(failures).toMatchObject([{ row: 3, code: 'ROW_TOO_LONG' }]);
    expect(garments.map(({ sku }) => sku)).toEqual(['A', 'C']);
    expect(rows).toEqual([2, 4]);
  });

  it('loses no row after an unclosed quote because of the quotes in later rows', async () => {
    const quoted = (...cells: string[]): string[] => cells.map((cell) => `"${cell}"`);
    const file = google(
      GOOD,
      ['B', '"Blue dress', 'x', '1 EUR'],
      quoted('C', 'Hat, "" or', 'x', '2 EUR'),
      quoted('D', 'Cap', 'x', ''),
    );
    const { garments, failures } = await readFeed(file, {}, 11);
    expect(garments.map(({ sku, title }) => [sku, title])).toEqual([
      ['A', 'Red dress'],
      ['C', 'Hat, " or'],
      ['D', 'Cap'],
    ]);
    expect(failures.map(({ row }) => row)).toEqual([3]);
  });

  it('with only unclosed quotes is read within the time limit', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => [`"${i}`, 'x'.repeat(600), 'x', 'y']);
    expect(await failuresOf(google(...rows))).toHaveLength(5_000);
  }, 60_000);

  it('in UTF-16 is read like any other, and rows that are not UTF-8 fail', async () => {
    const file = google(['A', '红色连衣裙', 'https://shop.example/a.jpg', '1.00 CNY']);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(file, 'utf16le')]);
    for (const chunk of [3, 1e6]) expect((await readFeed(utf16, {}, chunk)).garments[0]!.title).toBe('红色连衣裙');
    const latin = Buffer.from(google(GOOD, ['B', 'Größe', 'x', '1 EUR']), 'latin1');
    expect(await failuresOf(latin)).toEqual([[3, 'ROW_UNREADABLE']]);
  });

  it('in gzip is read like any other, and is refused if it is damaged or too large after decompression', async () => {
    const packed = gzipSync(google(GOOD));
    expect((await readFeed(packed, {}, 5)).garments).toHaveLength(1);
    expect(await codeOf(readFeed(packed.subarray(0, packed.length - 9)))).toBe('IMPORT_UNREADABLE');
    const bomb = gzipSync(Buffer.alloc(20_000_000, 'a'));
    expect(bomb.length).toBeLessThan(30_000);
    expect(await codeOf(readFeed(bomb, { format: 'JSON_LINES', maxBytes: 1_000_000 }))).toBe('IMPORT_TOO_LARGE');
  });
});

describe('a file that is not a table', () => {
  it.each([
    ['a zip', Buffer.from('PK\u0003\u0004and what a zip has'), null],
    ['a zip named as a table', Buffer.from('PK\u0003\u0004and what a zip has'), 'SHOPIFY_CSV' as const],
    ['zeros', Buffer.alloc(2_000), null],
    [
      'a picture named as a Google feed',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]),
      'GOOGLE_PRODUCTS' as const,
    ],
    ['prose', Buffer.from('Dear all,\nhere is our catalog.'), null],
    ['a table named as a tar', Buffer.from(google(GOOD)), 'IMAGE_TAR' as const],
  ])('that is %s is refused as a whole', async (_, bytes, format) => {
    expect(await codeOf(readFeed(bytes, { format, currency: 'EUR' }))).toBe('IMPORT_FORMAT_UNKNOWN');
  });

  it('without bytes is refused as empty', async () => {
    expect(await codeOf(readFeed(''))).toBe('IMPORT_EMPTY');
  });
});

const item = async (attributes: Record<string, string>) => {
  const all = { id: '1', title: 'Dress', ...attributes };
  const { garments, failures } = await readFeed(`${Object.keys(all).join('\t')}\n${Object.values(all).join('\t')}\n`);
  return garments[0] ?? failures[0];
};

describe('a Google item', () => {
  it('becomes a garment with all of its fields', async () => {
    const full = await item({
      description: 'Light &amp; <b>airy</b>.',
      link: 'https://shop.example/1',
      'image link': 'https://shop.example/1.jpg',
      additional_image_link: 'https://shop.example/2.jpg',
      availability: 'in stock',
      price: '49.90 EUR',
      brand: 'Harrow',
      color: 'Red',
      gender: 'female',
      age_group: 'adult',
      size: 'M',
      material: 'linen',
      pattern: 'striped',
      product_type: 'Women > Dresses > Maxi Dresses',
      custom_label_0: 'summer',
      gtin: '123',
    });
    expect(full).toEqual({
      sku: '1',
      title: 'Dress',
      description: 'Light & airy.',
      brand: 'Harrow',
      category: 'Maxi Dresses',
      color: 'Red',
      material: 'linen',
      gender: 'WOMEN',
      tags: ['striped', 'summer'],
      sizes: ['M'],
      price: { amount: '49.90', currency: 'EUR' },
      inStock: true,
      productUrl: 'https://shop.example/1',
      image: { kind: 'url', url: 'https://shop.example/1.jpg' },
    });
  });

  it('omits fields that the feed lacks, so that their stored values stay', async () => {
    expect(await item({})).toEqual({ sku: '1', title: 'Dress' });
  });

  it.each([
    ['2026-11-01T00:00+0100/2026-12-01T00:00+0100', '39.90'],
    ['2026-12-01T00:00+0100/2026-12-24T00:00+0100', '49.90'],
    ['', '39.90'],
  ])('has its sale price only while that is in effect (%s)', async (period, amount) => {
    const sale = { price: '49.90 EUR', sale_price: '39.90 EUR', sale_price_effective_date: period };
    expect(await item(sale)).toMatchObject({ price: { amount, currency: 'EUR' } });
  });

  it.each([
    ['male', 'kids', 'BOYS'],
    ['female', 'toddler', 'GIRLS'],
    ['unisex', 'infant', 'KIDS'],
    ['', 'newborn', 'KIDS'],
    ['male', '', 'MEN'],
    ['unisex', 'adult', 'UNISEX'],
    ['', '', undefined],
  ])('with gender "%s" and age group "%s" is for %s', async (gender, age, expected) => {
    expect(await item({ gender, age_group: age })).toEqual(
      expect.objectContaining(expected ? { gender: expected } : { sku: '1' }),
    );
    if (!expected) expect(await item({ gender, age_group: age })).not.toHaveProperty('gender');
  });

  it.each([
    ['out_of_stock', false],
    ['out of stock', false],
    ['preorder', true],
    ['In Stock', true],
  ])('with availability "%s" has inStock %s', async (availability, inStock) => {
    expect(await item({ availability })).toMatchObject({ inStock });
  });

  it('gets its category from the taxonomy if it has no product type', async () => {
    expect(await item({ google_product_category: 'Apparel & Accessories > Clothing > Skirts' })).toMatchObject({
      category: 'Skirts',
    });
    expect(await item({ google_product_category: '2271' })).toMatchObject({ category: 'Dresses' });
    expect(await item({ google_product_category: '999999' })).not.toHaveProperty('category');
  });

  it.each([
    [{ price: '49,90 €' }, 'ROW_UNREADABLE'],
    [{ availability: 'soon' }, 'ROW_UNREADABLE'],
    [{ id: '' }, 'ROW_UNREADABLE'],
    [{ title: '' }, 'ROW_UNREADABLE'],
  ])('with %j fails with its row number', async (attributes, code) => {
    expect(await item(attributes as Record<string, string>)).toMatchObject({ row: 2, code });
  });

  it('in several sizes is one garment per product and color', async () => {
    const head = 'id\ttitle\titem_group_id\tcolor\tsize\tavailability\tprice\n';
    const rows = [
      '1\tDress S\tG\tRed\tS\tout_of_stock\t50.00 EUR',
      '2\tDress M\tG\tRed\tM\tin_stock\t45.00 EUR',
      '3\tDress S\tG\tBlue\tS\tout_of_stock\t50.00 EUR',
      '4\tHat\t\tBlue\tS\tin_stock\t9.00 EUR',
    ];
    const { garments } = await readFeed(head + rows.join('\n'));
    expect(garments.map(({ sku, sizes, inStock, price }) => [sku, sizes, inStock, price!.amount])).toEqual([
      ['G/Red', ['S', 'M'], true, '45.00'],
      ['G/Blue', ['S'], false, '50.00'],
      ['4', ['S'], true, '9.00'],
    ]);
  });
});

const SHOPIFY =
  'Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,' +
  'Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Image Src,Variant Image,Status\n';
const shopify = (file: string) => readFeed(file, { currency: 'USD' });

describe('a Shopify export', () => {
  it('gives one garment per color of a product, with its sizes, stock, price and picture', async () => {
    const rows = [
      'tee,Plain tee,"<p>Soft &amp; <b>light</b></p><script>x()</script>",Harrow,Apparel > Clothing > Shirts,T-Shirts,"basic, summer",true,Color,Red,Size,S,T-R-S,shopify,0,deny,19.00,https://x.example/1.jpg,https://x.example/red.jpg,active',
      'tee,,,,,,,,,Red,,M,T-R-M,shopify,3,deny,18.00,https://x.example/2.jpg,https://x.example/red.jpg,',
      'tee,,,,,,,,,Blue,,S,T-B-S,shopify,0,deny,19.00,,,',
      'tee,,,,,,,,,,,,,,,,,https://x.example/3.jpg,,',
      'cap,Cap,,,,,,true,Title,Default Title,,,C,,,deny,9.00,https://x.example/cap.jpg,,active',
    ];
    const { format, garments, rows: numbers, failures } = await shopify(SHOPIFY + rows.join('\n'));
    expect(format).toBe('SHOPIFY_CSV');
    expect(failures).toEqual([]);
    const tee = {
      title: 'Plain tee',
      description: 'Soft & light',
      brand: 'Harrow',
      category: 'T-Shirts',
      tags: ['basic', 'summer'],
    };
    expect(garments).toEqual([
      {
        sku: 'tee/Red',
        ...tee,
        color: 'Red',
        sizes: ['S', 'M'],
        price: { amount: '18.00', currency: 'USD' },
        inStock: true,
        image: { kind: 'url', url: 'https://x.example/red.jpg' },
      },
      {
        sku: 'tee/Blue',
        ...tee,
        color: 'Blue',
        sizes: ['S'],
        price: { amount: '19.00', currency: 'USD' },
        inStock: false,
        image: { kind: 'url', url: 'https://x.example/1.jpg' },
      },
      {
        sku: 'cap',
        title: 'Cap',
        price: { amount: '9.00', currency: 'USD' },
        inStock: true,
        image: { kind: 'url', url: 'https://x.example/cap.jpg' },
      },
    ]);
    expect(numbers).toEqual([2, 2, 6]);
  });

  it('keeps drafts and unpublished products as sold out', async () => {
    const draft = 'a,A,,,,,,true,,,,,,,,deny,1.00,,,draft\n';
    const hidden = 'b,B,,,,,,false,,,,,,,,deny,1.00,,,active\n';
    expect((await shopify(SHOPIFY + draft + hidden)).garments.map(({ inStock }) => inStock)).toEqual([false, false]);
  });

  it('keeps a variant in stock if its policy allows overselling', async () => {
    const row = 'a,A,,,,,,true,,,,,,shopify,-2,continue,1.00,,,active\n';
    expect((await shopify(SHOPIFY + row)).garments[0]!.inStock).toBe(true);
  });

  it('with the columns of 2025 is read in the same way', async () => {
    const head =
      'Title,URL handle,Description,Vendor,Type,Price,Inventory quantity,Inventory tracker,Product image URL\n';
    const { garments } = await shopify(`${head}Hat,hat,Warm.,Harrow,Hats,12.50,0,shopify,https://x.example/h.jpg\n`);
    expect(garments).toEqual([
      {
        sku: 'hat',
        title: 'Hat',
        description: 'Warm.',
        brand: 'Harrow',
        category: 'Hats',
        price: { amount: '12.50', currency: 'USD' },
        inStock: false,
        image: { kind: 'url', url: 'https://x.example/h.jpg' },
      },
    ]);
  });

  it('reports rows without handle or title', async () => {
    const { failures } = await shopify(`${SHOPIFY},No handle\nx,,,,,,,,,,,,,,,,1.00\n`);
    expect(failures.map(({ row, sku, code }) => [row, sku, code])).toEqual([
      [2, null, 'ROW_UNREADABLE'],
      [3, 'x', 'ROW_UNREADABLE'],
    ]);
  });

  it('is refused without a currency', async () => {
    expect(await codeOf(readFeed(SHOPIFY))).toBe('IMPORT_CURRENCY_NEEDED');
  });

  it('keeps the colors of one product up to the memory bound and reports the rows of further colors', async () => {
    const first = `tee,Plain tee,${'x'.repeat(10_000)},,,,,true,Color,0,,,,,,,1.00,,,`;
    const others = Array.from({ length: 1_199 }, (_, i) => `tee,,,,,,,,,${i + 1},,,,,,,1.00,,,`);
    const { garments, failures } = await shopify(
      SHOPIFY + [first, ...others, 'cap,Cap,,,,,,true,,,,,,,,,9.00,,,'].join('\n'),
    );
    expect(garments.length).toBeGreaterThan(700);
    expect(garments.length + failures.length).toBe(1_201);
    expect(garments.at(-1)!.sku).toBe('cap');
    expect(new Set(failures.map(({ code }) => code))).toEqual(new Set(['ROW_TOO_LONG']));
  });
});
