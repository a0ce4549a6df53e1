// Lookup of products by their labels: relevant garments of a request, and garments that a request can be about.
import type { Random } from '../../src/domain/shared/random.js';
import type { Product } from './split.reader.js';

/** P@10 can only reach 1 for a category with at least ten rows. */
const MIN_ROWS = 10;

/** A garment and another color that its category has in the split. */
export interface ColorSwap {
  product: Product;
  color: string;
}

/** A product with known category and color. */
export type LabeledProduct = Product & { category: string; color: string };

export class ProductIndex {
  readonly #byCategory = new Map<string, Product[]>();

  constructor(readonly products: readonly Product[]) {
    for (const product of products) {
      if (product.category === null) continue;
      const members = this.#byCategory.get(product.category);
      if (members) members.push(product);
      else this.#byCategory.set(product.category, [product]);
    }
  }

  /** Returns the skus of these categories for which `matches` is true. */
  skusOf(categories: readonly string[], matches: (product: Product) => boolean = () => true): Set<string> {
    const all = categories.flatMap((category) => this.#byCategory.get(category) ?? []);
    return new Set(all.filter(matches).map(({ sku }) => sku));
  }

  /** Returns the skus of other garments with the same category and this color. */
  othersLike(product: LabeledProduct, color: string = product.color): Set<string> {
    return this.skusOf([product.category], (other) => other.color === color && other.sku !== product.sku);
  }

  /** Returns the categories with at least ten rows, sorted by name. */
  commonCategories(): string[] {
    return [...this.#byCategory.keys()].filter((name) => this.#byCategory.get(name)!.length >= MIN_ROWS).sort();
  }

  labeled(): LabeledProduct[] {
    return this.products.filter(
      (product): product is LabeledProduct => product.category !== null && product.color !== null,
    );
  }

  /** Returns garments that share category and color with another one. */
  withSimilar(): LabeledProduct[] {
    return this.labeled().filter((product) => this.othersLike(product).size > 0);
  }

  /** Returns garments of the ten types, each with a random other color that its category has in the split. */
  colorSwaps(random: Random): (ColorSwap & { product: LabeledProduct })[] {
    return this.labeled().flatMap((product) => {
      if (product.garmentType === null) return [];
      const colors = new Set(this.#byCategory.get(product.category)!.map(({ color }) => color));
      const others = [...colors].filter((color) => color !== null && color !== product.color).sort() as string[];
      return others.length > 0 ? [{ product, color: random.pick(others) }] : [];
    });
  }
}

/** Returns a random sample of at most `count` items, in the order of the list. */
export function sampled<T>(list: readonly T[], count: number, random: Random): T[] {
  const keys = list.map((item, i) => ({ item, i, key: random.next() }));
  const chosen = keys.sort((a, b) => a.key - b.key).slice(0, count);
  return chosen.sort((a, b) => a.i - b.i).map(({ item }) => item);
}
