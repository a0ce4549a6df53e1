// The split as a merchant would have it: facts of every garment, prices, and some that are sold out, hidden or deleted.
import { GENDERS } from '../../src/domain/catalog/garment.js';
import type { GarmentInput } from '../../src/domain/catalog/garment.input.js';
import { CURRENCY, priceOf } from './outfit.queries.js';
import type { ServedCatalog } from './served.catalog.js';
import type { Product } from './split.reader.js';

/** Of a hundred garments, those at these places are sold out, hidden and deleted. */
const SOLD_OUT = [7, 31, 58, 83];
const HIDDEN = [44];
const DELETED = [71];

const HIDE = `mutation Hide($skus: [String!]) {
  saveMerchandisingRule(input: { name: "hidden", action: HIDE, skus: $skus }) { userErrors { code message } }
}`;
const DELETE = `mutation Delete($skus: [String!]!) { deleteGarments(skus: $skus) { userErrors { code message } } }`;
/** A rule and a call take as many skus as this. */
const AT_ONCE = 20;

export interface Merchant {
  factsOf: (product: Product) => Omit<GarmentInput, 'sku' | 'image'>;
  /** Hides and deletes. */
  withdraw: (catalog: ServedCatalog) => Promise<void>;
  /** Skus that no look may have. */
  gone: ReadonlySet<string>;
}

export function merchantOf(products: readonly Product[]): Merchant {
  const at = (places: readonly number[], most = Infinity): string[] =>
    products
      .filter((_, i) => places.includes(i % 100))
      .map(({ sku }) => sku)
      .slice(0, most);
  const [soldOut, hidden, deleted] = [new Set(at(SOLD_OUT)), at(HIDDEN, AT_ONCE), at(DELETED, AT_ONCE)];
  return {
    factsOf: (product) => ({ ...labelsOf(product), inStock: !soldOut.has(product.sku) }),
    withdraw: async (catalog) => {
      if (hidden.length > 0) await catalog.call({ query: HIDE, variables: { skus: hidden } });
      if (deleted.length > 0) await catalog.call({ query: DELETE, variables: { skus: deleted } });
    },
    gone: new Set([...soldOut, ...hidden, ...deleted]),
  };
}

function labelsOf(product: Product): Omit<GarmentInput, 'sku' | 'image'> {
  const gender = GENDERS.find((name) => name === product.gender?.toUpperCase());
  return {
    title: product.title,
    category: product.category,
    color: product.color,
    usage: product.usage,
    gender,
    price: { amount: priceOf(product).toFixed(2), currency: CURRENCY },
  };
}
