// How well a garment fits what a request asks for, label by label: category, colour, gender, usage. Pure.
import type { Classification } from './classification.js';

/** The head's outputs that requests and garments are compared by, beside the try-on type. */
export const COMPARED_OUTPUTS = ['category', 'color', 'gender', 'usage'] as const;
export type ComparedOutput = (typeof COMPARED_OUTPUTS)[number];

/** √p over the labels of each output, in the bundle's order: unit vectors, whose inner product is the fit. */
export type SquareRootProbabilities = Record<ComparedOutput, Float32Array>;

/** The same of a request, null where it asks for nothing of that kind. */
export type QueryRoots = Record<ComparedOutput, Float32Array | null>;

/**
 * Σ√(p·q) of two distributions, 0…1 (Bhattacharyya 1943); 0 where a request asks for nothing of that kind. Against Σp·q it
 * forgives a garment that the head is unsure of: nP@10 of "in red" beside a picture was .63 against .57 on the val split.
 */
export type LabelSimilarities = Record<ComparedOutput, number>;

export const NO_QUERY_ROOTS: QueryRoots = { category: null, color: null, gender: null, usage: null };

/** √p of a distribution. */
export function squareRootsOf(probabilities: Float32Array): Float32Array {
  return probabilities.map(Math.sqrt);
}

/** √p of the outputs that are given. */
export function queryRoots(asked: Partial<Record<ComparedOutput, Classification | null>>): QueryRoots {
  const found = { ...NO_QUERY_ROOTS };
  for (const output of COMPARED_OUTPUTS) {
    const reading = asked[output];
    if (reading) found[output] = squareRootsOf(reading[output]);
  }
  return found;
}
