// The split as a merchant's catalog: labels, prices, and some garments sold out, hidden or deleted.
import { GENDERS } from '../../src/domain/catalog/garment.js';
import type { GarmentInput } from '../../src/domain/catalog/garment.input.js';
import { CURRENCY, priceOf } from './outfit.queries.js';
import type { ServedCatalog } from './served.catalog.js';
import type { Product } from './split.reader.js';

/** Positions among a hundred garments of those that are sold out, hidden and deleted. */
const SOLD_OUT = [7, 31, 58, 83];
const HIDDEN = [44];
const DELETED = [71];

const HIDE_MUTATION = `mutation Hide($skus: [String!]) {
  saveMerchandisingRule(input: { name: "hidden", action: HIDE, skus: $skus }) { userErrors { code message } }
}`;
const DELETE_MUTATION = `mutation Delete($skus: [String!]!) { deleteGarments(skus: $skus) { userErrors { code message } } }`;
/** Maximum number of skus in a rule and in a call. */
const MAX_SKUS = 20;

export interface Merchant {
  factsOf: (product: Product) => Omit<GarmentInput, 'sku' | 'image'>;
  /** Hides and deletes the garments that the merchant withdraws. */
  withdraw: (catalog: ServedCatalog) => Promise<void>;
  /** Skus that no outfit may contain: sold out, hidden or deleted. */
  unavailable: ReadonlySet<string>;
}

export function merchantOf(products: readonly Product[]): Merchant {
  const skusAt = (positions: readonly number[], most = Infinity): string[] =>
    products
      .filter((_, i) => positions.includes(i % 100))
      .map(({ sku }) => sku)
      .slice(0, most);
  const [soldOut, hidden, deleted] = [new Set(skusAt(SOLD_OUT)), skusAt(HIDDEN, MAX_SKUS), skusAt(DELETED, MAX_SKUS)];
  return {
    factsOf: (product) => ({ ...labelsOf(product), inStock: !soldOut.has(product.sku) }),
    withdraw: async (catalog) => {
      if (hidden.length > 0) await catalog.call({ query: HIDE_MUTATION, variables: { skus: hidden } });
      if (deleted.length > 0) await catalog.call({ query: DELETE_MUTATION, variables: { skus: deleted } });
    },
    unavailable: new Set([...soldOut, ...hidden, ...deleted]),
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
