// Label similarity between a request and a garment, for category, color, gender and usage.
import type { Classification } from './classification.js';

/** The head's outputs that the label similarity compares. The garment type is compared separately. */
export const COMPARED_OUTPUTS = ['category', 'color', 'gender', 'usage'] as const;
export type ComparedOutput = (typeof COMPARED_OUTPUTS)[number];

/**
 * √p over the labels of each output, in the bundle's order. These are unit vectors; their inner product is the
 * similarity.
 */
export type SquareRootProbabilities = Record<ComparedOutput, Float32Array>;

/** Square-root probabilities of a request; null for an output that the request does not ask for. */
export type QueryRoots = Record<ComparedOutput, Float32Array | null>;

/**
 * Σ√(p·q) of two distributions, 0…1 (Bhattacharyya 1943); 0 for an output that the request does not ask for. It
 * penalizes an uncertain head less than Σp·q: nP@10 of "in red" with a picture was .63 against .57 on the val split.
 */
export type LabelSimilarities = Record<ComparedOutput, number>;

export const NO_QUERY_ROOTS: QueryRoots = { category: null, color: null, gender: null, usage: null };

/** Returns √p of a distribution. */
export function squareRootsOf(probabilities: Float32Array): Float32Array {
  return probabilities.map(Math.sqrt);
}

/** Returns √p of each output that has a classification; null for the others. */
export function queryRoots(classifications: Partial<Record<ComparedOutput, Classification | null>>): QueryRoots {
  const roots = { ...NO_QUERY_ROOTS };
  for (const output of COMPARED_OUTPUTS) {
    const classification = classifications[output];
    if (classification) roots[output] = squareRootsOf(classification[output]);
  }
  return roots;
}
