// The outfit audit on drawn garments: it finds each planted violation, and none in a good outfit.
import { outfitQueries } from '../../../tools/evaluate/outfit.queries.js';
import { auditOutfits, type AuditedOutfit, type OutfitTerms } from '../../../tools/evaluate/outfit.audit.js';
import { ProductIndex } from '../../../tools/evaluate/product.index.js';
import type { Product } from '../../../tools/evaluate/split.reader.js';
import { trainingDrawings } from '../../../tools/garment-drawing/training.drawings.js';

const drawn = [...trainingDrawings(400, 5)].map(({ labels }): Product => {
  const { id, title, gender, masterCategory, articleType, baseColour, usage } = labels;
  const rest = { garmentType: null, picture: Uint8Array.of(1) };
  return { sku: id, title, gender, masterCategory, category: articleType, color: baseColour, usage, ...rest };
});
const products = new Map(drawn.map((product) => [product.sku, product]));
/** Returns the nth garment of a category with this gender. Random drawing gives too few of some genders. */
const garment = (category: string, gender = 'Women', nth = 0): Product => {
  const { sku, ...labels } = drawn.filter((each) => each.category === category)[nth]!;
  const product = { ...labels, sku: `${sku}-${gender}`, gender };
  products.set(product.sku, product);
  return product;
};

function outfit(...items: [slot: string, product: Product][]): AuditedOutfit {
  const price = { amount: '20.10', currency: 'EUR' };
  return {
    weakestLink: null,
    items: items.map(([slot, { sku, title }]) => ({ slot, sku, title, price })),
  };
}
const terms: OutfitTerms = { first: 3, keepSkus: [], budget: null, allows: () => true, unavailable: new Set() };
const violationsIn = (outfits: AuditedOutfit[], constraints: Partial<OutfitTerms> = {}): string[] =>
  [...new Set(auditOutfits(outfits, { ...terms, ...constraints }, products).map(({ violation }) => violation))].sort();

const dressed = outfit(['FULL_BODY', garment('Dresses')], ['FEET', garment('Heels')]);
const twoPiece = outfit(
  ['TOP', garment('Tshirts', 'Men')],
  ['BOTTOM', garment('Jeans', 'Men')],
  ['FEET', garment('Casual Shoes', 'Men')],
);

describe('the outfit audit', () => {
  it('finds nothing in good outfits that satisfy the request', () => {
    expect(violationsIn([dressed, twoPiece], { budget: 60.3, keepSkus: [] })).toEqual([]);
    expect(violationsIn([dressed], { keepSkus: [garment('Heels').sku] })).toEqual([]);
  });

  it.each<[string, AuditedOutfit[], Partial<OutfitTerms>]>([
    ['role', [outfit(['FULL_BODY', garment('Dresses')], ['FEET', garment('Skirts')])], {}],
    ['role', [outfit(['TOP', garment('Tshirts')], ['FEET', garment('Heels')])], {}],
    [
      'role',
      [
        outfit(
          ['FULL_BODY', garment('Dresses')],
          ['FULL_BODY', garment('Dresses', 'Women', 1)],
          ['FEET', garment('Heels')],
        ),
      ],
      {},
    ],
    ['role', [outfit(['TOP', garment('Tshirts')], ['BOTTOM', garment('Shorts')], ['FEET', garment('Heels')])], {}],
    ['gender', [outfit(['FULL_BODY', garment('Dresses')], ['FEET', garment('Casual Shoes', 'Men')])], {}],
    ['gender', [outfit(['FULL_BODY', { ...garment('Dresses') }], ['FEET', garment('Formal Shoes', 'Men')])], {}],
    ['again', [dressed, outfit(['FULL_BODY', garment('Dresses', 'Women', 1)], ['FEET', garment('Heels')])], {}],
    ['kept', [dressed], { keepSkus: [garment('Skirts').sku] }],
    ['budget', [dressed], { budget: 40.19 }],
    ['filter', [dressed], { allows: ({ category }) => category !== 'Heels' }],
    ['gone', [dressed], { unavailable: new Set([garment('Dresses').sku]) }],
  ])('finds a planted violation: %s', (violation, outfits, constraints) => {
    expect(violationsIn(outfits, constraints)).toEqual([violation]);
  });

  it('finds items for children next to items for adults, and a garment that occurs twice', () => {
    const shirt = garment('Tshirts', 'Men');
    expect(
      violationsIn([
        outfit(['TOP', shirt], ['BOTTOM', garment('Shorts', 'Boys')], ['FEET', garment('Casual Shoes', 'Men')]),
      ]),
    ).toEqual(['age']);
    const twice = outfit(
      ['TOP', shirt],
      ['BOTTOM', garment('Jeans', 'Men')],
      ['FEET', garment('Casual Shoes', 'Men')],
      ['ACCESSORY', shirt],
    );
    expect(violationsIn([twice])).toEqual(['role', 'twice']);
  });

  it('uses requests for every gender with text, pictures, locked items, budgets, filters and colors to avoid', () => {
    const queries = outfitQueries(new ProductIndex(drawn), 120, new Set());
    const count = (has: (query: (typeof queries)[number]) => unknown): number => queries.filter(has).length;
    expect(count(({ input }) => input.text && !input.image)).toBeGreaterThan(20);
    expect(count(({ input }) => !input.text && input.image)).toBeGreaterThan(10);
    expect(count(({ input }) => input.text && input.image)).toBeGreaterThan(10);
    expect(count(({ terms: { keepSkus } }) => keepSkus.length > 0)).toBe(30);
    expect(count(({ terms: { budget } }) => budget !== null)).toBe(24);
    expect(count(({ input }) => input.filter)).toBe(40);
    expect(count(({ input }) => input.avoid)).toBe(18);
    expect(queries).toEqual(
      outfitQueries(new ProductIndex(drawn), 120, new Set()).map((query) => ({
        ...query,
        terms: { ...query.terms, allows: expect.any(Function) },
      })),
    );
  });
});
