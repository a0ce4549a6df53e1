// Owns what the classifier head is asked of a product, and whether its answer is right. Knows no figure.
import { shares } from './evaluation.js';
import { colorFamilyOf } from './lexicon.js';
import type { Classification, ServedCatalog } from './served.catalog.js';
import type { Product } from './split.reader.js';

export interface Output {
  label: string;
  truth: (product: Product) => string | null;
  guess: (seen: Classification) => string | null;
}

export const OUTPUTS: Record<string, Output> = {
  garmentType: {
    label: 'ten try-on types',
    truth: ({ garmentType }) => garmentType,
    guess: ({ garmentTypes }) => garmentTypes[0]!.garmentType,
  },
  category: {
    label: 'category, all labels',
    truth: ({ category }) => category,
    guess: ({ categories }) => categories[0]!.label,
  },
  color: { label: 'colour, 46 labels', truth: ({ color }) => color, guess: ({ colors }) => colors[0]!.label },
  colorFamily: {
    label: 'colour, 14 families',
    truth: ({ color }) => color && colorFamilyOf(color),
    guess: ({ colors }) => colorFamilyOf(colors[0]!.label),
  },
  gender: { label: 'gender', truth: ({ gender }) => gender, guess: ({ genders }) => genders[0]!.label },
  usage: { label: 'usage', truth: ({ usage }) => usage, guess: ({ usages }) => usages[0]!.label },
};

/** A product and what the head sees of it. */
export interface Seen {
  product: Product;
  seen: Classification;
}

export async function seenBy(
  catalog: ServedCatalog,
  products: readonly Product[],
  given: (product: Product) => { text?: string; picture?: Uint8Array },
): Promise<Seen[]> {
  return Promise.all(products.map(async (product) => ({ product, seen: await catalog.classify(given(product)) })));
}

/** Whether the head is right, of those whose label is known; a label that it does not have is an error. */
export function hits(all: readonly Seen[], { truth, guess }: Output): number[] {
  const known = all.filter(({ product }) => truth(product) !== null);
  return shares(known.map(({ product, seen }) => guess(seen) === truth(product)));
}
