import type { Garment } from '../../../../src/domain/catalog/garment.js';
import {
  mergeFacts,
  merchantFacts,
  problemsOf,
  type GarmentInput,
} from '../../../../src/domain/catalog/garment.input.js';
import { garmentWords } from '../../../../src/domain/text/garment.text.js';

const stored: Garment = {
  id: '7',
  sku: 'A-1',
  title: 'Linen shirt',
  description: 'Airy.',
  brand: 'Harrow',
  category: 'Shirts',
  garmentType: 'SHIRT',
  color: 'White',
  material: 'linen',
  gender: 'MEN',
  usage: 'Casual',
  tags: ['summer'],
  sizes: ['M'],
  price: { amount: '49.90', currency: 'EUR' },
  inStock: false,
  productUrl: null,
  inferredFields: ['garmentType', 'usage'],
  imageHash: 'abc',
  createdAt: new Date(0),
  updatedAt: new Date(0),
};

describe('an upsert on a known sku', () => {
  it('leaves what is absent, clears what is null and sets what is given', () => {
    const facts = mergeFacts(stored, { sku: 'A-1', title: 'Linen shirt', brand: null, color: ' Blue ' });
    expect(facts).toMatchObject({ brand: null, color: 'Blue', material: 'linen', sizes: ['M'], inStock: false });
    expect(facts.price).toEqual({ amount: '49.90', currency: 'EUR' });
  });

  it('does not take what the head had filled in for the merchant’s word', () => {
    expect(mergeFacts(stored, { sku: 'A-1', title: 'Linen shirt' })).toMatchObject({ garmentType: null, usage: null });
    expect(merchantFacts(stored)).toMatchObject({ garmentType: null, usage: null, category: 'Shirts' });
  });

  it('brings a garment back into stock where inStock is cleared, as for a new one', () => {
    expect(mergeFacts(stored, { sku: 'A-1', title: 'x', inStock: null }).inStock).toBe(true);
    expect(mergeFacts(null, { sku: 'A-1', title: 'x' }).inStock).toBe(true);
  });

  it('drops empty and repeated list values', () => {
    expect(mergeFacts(null, { sku: 'A', title: 'x', tags: ['a', ' a ', '', 'b'] }).tags).toEqual(['a', 'b']);
  });
});

describe('checking one garment', () => {
  const good: GarmentInput = { sku: 'A-1', title: 'Linen shirt' };

  it('finds nothing wrong with a good one', () => {
    expect(
      problemsOf({ ...good, price: { amount: '0', currency: 'eur' }, productUrl: 'https://shop.example/a' }),
    ).toEqual([]);
  });

  it.each<[Partial<GarmentInput>, string, string[]]>([
    [{ sku: '  ' }, 'SKU_INVALID', ['sku']],
    [{ sku: 'a\u0000b' }, 'SKU_INVALID', ['sku']],
    [{ title: '' }, 'TITLE_INVALID', ['title']],
    [{ title: 'x'.repeat(501) }, 'TITLE_INVALID', ['title']],
    [{ brand: 'x'.repeat(201) }, 'VALUE_TOO_LONG', ['brand']],
    [{ sizes: Array.from({ length: 101 }, String) }, 'VALUE_TOO_LONG', ['sizes']],
    [{ price: { amount: '-1', currency: 'EUR' } }, 'PRICE_INVALID', ['price', 'amount']],
    [{ price: { amount: '1.23456', currency: 'EUR' } }, 'PRICE_INVALID', ['price', 'amount']],
    [{ price: { amount: '1', currency: 'XXQ' } }, 'CURRENCY_UNKNOWN', ['price', 'currency']],
    [{ productUrl: 'javascript:alert(1)' }, 'PRODUCT_URL_INVALID', ['productUrl']],
  ])('reports %p as %s', (wrong, code, field) => {
    expect(problemsOf({ ...good, ...wrong })).toEqual([expect.objectContaining({ code, field })]);
  });

  it('reports every problem, not only the first', () => {
    expect(problemsOf({ sku: '', title: '', productUrl: 'ftp://x' })).toHaveLength(3);
  });
});

describe('the words of a garment', () => {
  it('add to the title what it does not say, and repeat nothing', () => {
    const facts = { ...stored, title: 'Harrow men white linen shirt' };
    expect(garmentWords(facts)).toBe('Harrow men white linen shirt casual');
  });
});
