// Owns what the classifier head is asked of a product, and whether its answer is right. Knows no figure.
import type { Confusion } from '../../src/inference/release.history.js';
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

/** Which labels are taken for which others, the commonest first. @param name of OUTPUTS */
export function confusionsOf(all: readonly Seen[], name: string): Confusion[] {
  const { truth, guess } = OUTPUTS[name]!;
  const rows = new Map<string, number>();
  const pairs = new Map<string, Confusion>();
  for (const { product, seen } of all) {
    const [label, takenFor] = [truth(product), guess(seen)];
    if (label === null) continue;
    rows.set(label, (rows.get(label) ?? 0) + 1);
    if (takenFor === null || takenFor === label) continue;
    const pair = JSON.stringify([label, takenFor]);
    const { count } = pairs.get(pair) ?? { count: 0 };
    pairs.set(pair, { output: name, label, takenFor, count: count + 1, rows: 0 });
  }
  return [...pairs.values()]
    .map((pair) => ({ ...pair, rows: rows.get(pair.label)! }))
    .sort((a, b) => b.count - a.count || a.label.localeCompare(b.label));
}
