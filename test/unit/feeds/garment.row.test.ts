import { readRow } from '../../../src/feeds/garment.row.js';

const row = (value: unknown) => readRow(Buffer.from(JSON.stringify(value)), 7);

describe('a row of metadata.jsonl', () => {
  it('becomes a garment with articleType as category, baseColour as color and the gender of the API', () => {
    const read = row({
      id: '1563',
      title: 'Men Blue T-shirt',
      gender: 'Men',
      masterCategory: 'Apparel',
      subCategory: 'Topwear',
      articleType: 'Tshirts',
      baseColour: 'Blue',
      usage: 'Sports',
      image: '1563.jpg',
    });
    expect(read).toEqual({
      row: 7,
      garment: {
        sku: '1563',
        title: 'Men Blue T-shirt',
        gender: 'MEN',
        category: 'Tshirts',
        color: 'Blue',
        usage: 'Sports',
      },
      image: '1563.jpg',
    });
  });

  it('omits null, empty and missing fields, so that the server infers them', () => {
    const read = row({ id: 5, title: 'Jacket', gender: null, articleType: '', baseColour: null, image: '5.jpg' });
    expect(JSON.parse(JSON.stringify(read))).toEqual({
      row: 7,
      garment: { sku: '5', title: 'Jacket' },
      image: '5.jpg',
    });
  });

  it('keeps fields beyond the public format', () => {
    const more = {
      garmentType: 'DRESS',
      description: 'Light.',
      brand: 'Harrow',
      material: 'linen',
      tags: ['summer'],
      sizes: ['S', 'M'],
      price: { amount: '49.90', currency: 'EUR' },
      inStock: false,
      productUrl: 'https://shop.example/1',
    };
    expect(row({ id: '1', title: 'Dress', image: '1.jpg', ...more })).toMatchObject({ garment: more });
  });

  it('of a home photo gets title and type from the label and the sku from the whole image name', () => {
    expect(row({ image: 't-shirt/a.b.jpg', label: 't-shirt' })).toEqual({
      row: 7,
      garment: { sku: 't-shirt/a.b', title: 'T-shirt', garmentType: 'T_SHIRT' },
      image: 't-shirt/a.b.jpg',
    });
  });

  it('of the export format is a GarmentInput with the name of a picture, nulls included', () => {
    const own = { sku: 'X-1', title: 'Dress', color: null, gender: 'WOMEN', sizes: ['S'], inStock: true };
    expect(row({ ...own, image: 'pictures/1.webp' })).toEqual({ row: 7, garment: own, image: 'pictures/1.webp' });
    expect(row(own)).toEqual({ row: 7, garment: own, image: null });
    expect(row({ ...own, colour: 'Red' })).toMatchObject({ sku: 'X-1', code: 'ROW_UNREADABLE' });
  });

  it.each([
    [{ title: 'Hat', image: '1.jpg' }, null, 'SKU_INVALID', /^id: /],
    [{ id: '1', image: '1.jpg' }, '1', 'TITLE_INVALID', /^title: is required/],
    [{ id: '1', title: null, image: '1.jpg' }, '1', 'TITLE_INVALID', /^title: /],
    [{ id: '1', title: 'Hat', image: '' }, '1', 'IMAGE_REQUIRED', /^image: /],
    [{ id: '1', title: 'Hat', image: '1.jpg', gender: 'Robots' }, '1', 'ROW_UNREADABLE', /^gender: .*MEN/],
    [{ id: '1', title: 'Hat', image: '1.jpg', baseColour: 7 }, '1', 'ROW_UNREADABLE', /^baseColour: /],
    [{ image: '1.jpg', label: 'sock' }, null, 'ROW_UNREADABLE', /^label: /],
    [[1, 2], null, 'ROW_UNREADABLE', /object/],
    [null, null, 'ROW_UNREADABLE', /object/],
  ])('%j fails with its row number and the reason', (value, sku, code, message) => {
    expect(row(value)).toEqual({ row: 7, sku, code, message: expect.stringMatching(message) });
  });

  it.each([['{"id": "1", '], [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])]])(
    'that is not JSON in UTF-8 fails without a sku',
    (line) => {
      expect(readRow(Buffer.from(line as string), 3)).toMatchObject({ row: 3, sku: null, code: 'ROW_UNREADABLE' });
    },
  );
});
