// The counter of violations on garments that are drawn here: it finds each planted one, and nothing in a good look.
import { lookAsks } from '../../../tools/evaluate/outfit.queries.js';
import { auditLooks, type AuditedLook, type LookTerms } from '../../../tools/evaluate/outfit.audit.js';
import { ProductIndex } from '../../../tools/evaluate/product.index.js';
import type { Product } from '../../../tools/evaluate/split.reader.js';
import { trainingDrawings } from '../../../tools/garment-drawing/training.drawings.js';

const drawn = [...trainingDrawings(400, 5)].map(({ labels }): Product => {
  const { id, title, gender, masterCategory, articleType, baseColour, usage } = labels;
  const rest = { garmentType: null, picture: Uint8Array.of(1) };
  return { sku: id, title, gender, masterCategory, category: articleType, color: baseColour, usage, ...rest };
});
const products = new Map(drawn.map((product) => [product.sku, product]));
/** The nth of a category as if it were cut for these people, since chance draws few of some. */
const one = (category: string, gender = 'Women', nth = 0): Product => {
  const { sku, ...labels } = drawn.filter((each) => each.category === category)[nth]!;
  const product = { ...labels, sku: `${sku}-${gender}`, gender };
  products.set(product.sku, product);
  return product;
};

function look(...pieces: [slot: string, product: Product][]): AuditedLook {
  const price = { amount: '20.10', currency: 'EUR' };
  return {
    weakestLink: null,
    pieces: pieces.map(([slot, { sku, title }]) => ({ slot, sku, title, price })),
  };
}
const terms: LookTerms = { first: 3, keepSkus: [], budget: null, allows: () => true, gone: new Set() };
const found = (looks: AuditedLook[], asked: Partial<LookTerms> = {}): string[] =>
  [...new Set(auditLooks(looks, { ...terms, ...asked }, products).map(({ violation }) => violation))].sort();

const dressed = look(['FULL_BODY', one('Dresses')], ['FEET', one('Heels')]);
const parted = look(
  ['TOP', one('Tshirts', 'Men')],
  ['BOTTOM', one('Jeans', 'Men')],
  ['FEET', one('Casual Shoes', 'Men')],
);

describe('the audit of looks', () => {
  it('finds nothing in good looks that hold what was asked', () => {
    expect(found([dressed, parted], { budget: 60.3, keepSkus: [] })).toEqual([]);
    expect(found([dressed], { keepSkus: [one('Heels').sku] })).toEqual([]);
  });

  it.each<[string, AuditedLook[], Partial<LookTerms>]>([
    ['role', [look(['FULL_BODY', one('Dresses')], ['FEET', one('Skirts')])], {}],
    ['role', [look(['TOP', one('Tshirts')], ['FEET', one('Heels')])], {}],
    [
      'role',
      [look(['FULL_BODY', one('Dresses')], ['FULL_BODY', one('Dresses', 'Women', 1)], ['FEET', one('Heels')])],
      {},
    ],
    ['role', [look(['TOP', one('Tshirts')], ['BOTTOM', one('Shorts')], ['FEET', one('Heels')])], {}],
    ['gender', [look(['FULL_BODY', one('Dresses')], ['FEET', one('Casual Shoes', 'Men')])], {}],
    ['gender', [look(['FULL_BODY', { ...one('Dresses') }], ['FEET', one('Formal Shoes', 'Men')])], {}],
    ['again', [dressed, look(['FULL_BODY', one('Dresses', 'Women', 1)], ['FEET', one('Heels')])], {}],
    ['kept', [dressed], { keepSkus: [one('Skirts').sku] }],
    ['budget', [dressed], { budget: 40.19 }],
    ['filter', [dressed], { allows: ({ category }) => category !== 'Heels' }],
    ['gone', [dressed], { gone: new Set([one('Dresses').sku]) }],
  ])('finds a planted violation: %s', (violation, looks, asked) => {
    expect(found(looks, asked)).toEqual([violation]);
  });

  it('finds children beside adults, and one garment twice', () => {
    const shirt = one('Tshirts', 'Men');
    expect(
      found([look(['TOP', shirt], ['BOTTOM', one('Shorts', 'Boys')], ['FEET', one('Casual Shoes', 'Men')])]),
    ).toEqual(['age']);
    const twice = look(
      ['TOP', shirt],
      ['BOTTOM', one('Jeans', 'Men')],
      ['FEET', one('Casual Shoes', 'Men')],
      ['ACCESSORY', shirt],
    );
    expect(found([twice])).toEqual(['role', 'twice']);
  });

  it('is asked about everybody, with words, pictures, locks, budgets, filters and colours to avoid', () => {
    const asks = lookAsks(new ProductIndex(drawn), 120, new Set());
    const count = (has: (ask: (typeof asks)[number]) => unknown): number => asks.filter(has).length;
    expect(count(({ input }) => input.text && !input.image)).toBeGreaterThan(20);
    expect(count(({ input }) => !input.text && input.image)).toBeGreaterThan(10);
    expect(count(({ input }) => input.text && input.image)).toBeGreaterThan(10);
    expect(count(({ terms: { keepSkus } }) => keepSkus.length > 0)).toBe(30);
    expect(count(({ terms: { budget } }) => budget !== null)).toBe(24);
    expect(count(({ input }) => input.filter)).toBe(40);
    expect(count(({ input }) => input.avoid)).toBe(18);
    expect(asks).toEqual(
      lookAsks(new ProductIndex(drawn), 120, new Set()).map((ask) => ({
        ...ask,
        terms: { ...ask.terms, allows: expect.any(Function) },
      })),
    );
  });
});
