// How well a garment fits what a request asks for, label by label: category, colour, gender, usage. Pure.
import type { HeadReading } from './classification.js';

/** The head's outputs that requests and garments are compared by, beside the try-on type. */
export const FIT_OUTPUTS = ['category', 'color', 'gender', 'usage'] as const;
export type FitOutput = (typeof FIT_OUTPUTS)[number];

/** √p over the labels of each output, in the bundle's order: unit vectors, whose inner product is the fit. */
export type LabelRoots = Record<FitOutput, Float32Array>;

/** The same of a request, null where it asks for nothing of that kind. */
export type AskedRoots = Record<FitOutput, Float32Array | null>;

/**
 * Σ√(p·q) of two distributions, 0…1 (Bhattacharyya 1943); 0 where a request asks for nothing of that kind. Against Σp·q it
 * forgives a garment that the head is unsure of: nP@10 of "in red" beside a picture was .63 against .57 on the val split.
 */
export type LabelFits = Record<FitOutput, number>;

export const NOTHING_ASKED: AskedRoots = { category: null, color: null, gender: null, usage: null };

/** √p of a distribution. */
export function roots(probabilities: Float32Array): Float32Array {
  return probabilities.map(Math.sqrt);
}

/** √p of the outputs that are given. */
export function askedRoots(asked: Partial<Record<FitOutput, HeadReading | null>>): AskedRoots {
  const found = { ...NOTHING_ASKED };
  for (const output of FIT_OUTPUTS) {
    const reading = asked[output];
    if (reading) found[output] = roots(reading[output]);
  }
  return found;
}
