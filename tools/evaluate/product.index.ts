// Owns the look-up of products by their labels: what is relevant to a request, and what can be asked for. Knows no server.
import type { Random } from '../../src/domain/shared/random.js';
import type { Product } from './split.reader.js';

/** P@10 has the cap 1 only where ten rows are there to be found. */
const LEAST_ROWS = 10;

/** A garment and another colour that its category has in the split. */
export interface ColorSwap {
  product: Product;
  color: string;
}

/** A product of which category and colour are known. */
export type Labelled = Product & { category: string; color: string };

export class ProductIndex {
  readonly #byCategory = new Map<string, Product[]>();

  constructor(readonly products: readonly Product[]) {
    for (const product of products) {
      if (product.category === null) continue;
      const listed = this.#byCategory.get(product.category);
      if (listed) listed.push(product);
      else this.#byCategory.set(product.category, [product]);
    }
  }

  /** Skus of these categories that also fit. */
  skusOf(categories: readonly string[], fits: (product: Product) => boolean = () => true): Set<string> {
    const all = categories.flatMap((category) => this.#byCategory.get(category) ?? []);
    return new Set(all.filter(fits).map(({ sku }) => sku));
  }

  /** Skus of other garments of the same category in this colour. */
  othersLike(product: Labelled, color: string = product.color): Set<string> {
    return this.skusOf([product.category], (other) => other.color === color && other.sku !== product.sku);
  }

  /** Categories with at least ten rows, by name. */
  commonCategories(): string[] {
    return [...this.#byCategory.keys()].filter((name) => this.#byCategory.get(name)!.length >= LEAST_ROWS).sort();
  }

  labelled(): Labelled[] {
    return this.products.filter((one): one is Labelled => one.category !== null && one.color !== null);
  }

  /** Garments that share category and colour with another one. */
  withTwins(): Labelled[] {
    return this.labelled().filter((product) => this.othersLike(product).size > 0);
  }

  /** For each garment of the ten types another colour that its category has in the split, by chance. */
  colorSwaps(random: Random): (ColorSwap & { product: Labelled })[] {
    return this.labelled().flatMap((product) => {
      if (product.garmentType === null) return [];
      const colors = new Set(this.#byCategory.get(product.category)!.map(({ color }) => color));
      const others = [...colors].filter((color) => color !== null && color !== product.color).sort() as string[];
      return others.length > 0 ? [{ product, color: random.pick(others) }] : [];
    });
  }
}

/** At most `count` of the list, by chance, in the list's order. */
export function sampled<T>(list: readonly T[], count: number, random: Random): T[] {
  const keys = list.map((item, i) => ({ item, i, key: random.next() }));
  const kept = keys.sort((a, b) => a.key - b.key).slice(0, count);
  return kept.sort((a, b) => a.i - b.i).map(({ item }) => item);
}
