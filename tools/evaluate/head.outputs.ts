// Outputs of the classifier head: the expected label of a product and the predicted one.
import type { Confusion } from '../../src/inference/release.history.js';
import { shares } from './evaluation.js';
import { colorFamilyOf } from './lexicon.js';
import type { Classification, ServedCatalog } from './served.catalog.js';
import type { Product } from './split.reader.js';

export interface Output {
  label: string;
  truth: (product: Product) => string | null;
  guess: (classification: Classification) => string | null;
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
  color: { label: 'color, 46 labels', truth: ({ color }) => color, guess: ({ colors }) => colors[0]!.label },
  colorFamily: {
    label: 'color, 14 families',
    truth: ({ color }) => color && colorFamilyOf(color),
    guess: ({ colors }) => colorFamilyOf(colors[0]!.label),
  },
  gender: { label: 'gender', truth: ({ gender }) => gender, guess: ({ genders }) => genders[0]!.label },
  usage: { label: 'usage', truth: ({ usage }) => usage, guess: ({ usages }) => usages[0]!.label },
};

/** A product and its classification by the head. */
export interface ClassifiedProduct {
  product: Product;
  classification: Classification;
}

export async function classifyAll(
  catalog: ServedCatalog,
  products: readonly Product[],
  inputOf: (product: Product) => { text?: string; picture?: Uint8Array },
): Promise<ClassifiedProduct[]> {
  return Promise.all(
    products.map(async (product) => ({ product, classification: await catalog.classify(inputOf(product)) })),
  );
}

/** Returns 1 or 0 for each product with a known label. A label that the head does not have counts as an error. */
export function hits(all: readonly ClassifiedProduct[], { truth, guess }: Output): number[] {
  const known = all.filter(({ product }) => truth(product) !== null);
  return shares(known.map(({ product, classification }) => guess(classification) === truth(product)));
}

/** Returns the pairs of labels that the head confuses, most frequent first. @param name key of OUTPUTS */
export function confusionsOf(all: readonly ClassifiedProduct[], name: string): Confusion[] {
  const { truth, guess } = OUTPUTS[name]!;
  const rows = new Map<string, number>();
  const pairs = new Map<string, Confusion>();
  for (const { product, classification } of all) {
    const [label, takenFor] = [truth(product), guess(classification)];
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
