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

describe('mergeFacts merges an input with the stored garment', () => {
  it('mergeFacts keeps absent fields, clears null fields and sets the other fields', () => {
    const facts = mergeFacts(stored, { sku: 'A-1', title: 'Linen shirt', brand: null, color: ' Blue ' });
    expect(facts).toMatchObject({ brand: null, color: 'Blue', material: 'linen', sizes: ['M'], inStock: false });
    expect(facts.price).toEqual({ amount: '49.90', currency: 'EUR' });
  });

  it('mergeFacts and merchantFacts return no inferred values', () => {
    expect(mergeFacts(stored, { sku: 'A-1', title: 'Linen shirt' })).toMatchObject({ garmentType: null, usage: null });
    expect(merchantFacts(stored)).toMatchObject({ garmentType: null, usage: null, category: 'Shirts' });
  });

  it('mergeFacts puts a garment in stock if inStock is null or the garment is new', () => {
    expect(mergeFacts(stored, { sku: 'A-1', title: 'x', inStock: null }).inStock).toBe(true);
    expect(mergeFacts(null, { sku: 'A-1', title: 'x' }).inStock).toBe(true);
  });

  it('mergeFacts drops empty and duplicate list values', () => {
    expect(mergeFacts(null, { sku: 'A', title: 'x', tags: ['a', ' a ', '', 'b'] }).tags).toEqual(['a', 'b']);
  });
});

describe('problemsOf validates one garment', () => {
  const good: GarmentInput = { sku: 'A-1', title: 'Linen shirt' };

  it('problemsOf finds no problem in a valid garment', () => {
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
  ])('problemsOf reports %p with the code %s', (wrong, code, field) => {
    expect(problemsOf({ ...good, ...wrong })).toEqual([expect.objectContaining({ code, field })]);
  });

  it('problemsOf reports every problem, not only the first', () => {
    expect(problemsOf({ sku: '', title: '', productUrl: 'ftp://x' })).toHaveLength(3);
  });
});

describe('garmentWords builds the text of a garment', () => {
  it('garmentWords adds to the title only the facts that it does not contain', () => {
    const facts = { ...stored, title: 'Harrow men white linen shirt' };
    expect(garmentWords(facts)).toBe('Harrow men white linen shirt casual');
  });
});
