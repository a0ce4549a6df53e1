// How sure a server is that the catalog has what a request asks for: a logistic regression on what one search brought up,
// fitted with the bundle. Pure.
import type { Candidate } from './candidate.js';
import type { QueryInterpretation } from './query.understanding.js';

/**
 * - nearest: inner product of the request's vector with the nearest garment
 * - margin: by how much that is above the median of the candidates
 * - type, category, color: the best fit of any candidate to what is asked of that kind; 0 where nothing is
 * - asksKind, asksColor: 1 where words or picture ask for one
 * - exact: weight of the exact words that the best candidate in that has, at most 1
 * - grounds: the most of type, category, color and exact: whether there is anything to go by at all
 * - wordsNothing, pictureNothing: p(nothing that a shop has); 0 for a side that is not given
 * - wordsSure, pictureSure: probability of the likeliest category; 0 for a side that is not given
 * - blank: 1 where the picture is one shade all over
 */
export const SIGNALS = [
  'nearest',
  'margin',
  'type',
  'category',
  'color',
  'asksKind',
  'asksColor',
  'exact',
  'grounds',
  'wordsNothing',
  'pictureNothing',
  'wordsSure',
  'pictureSure',
  'blank',
] as const;
export type Signals = Record<(typeof SIGNALS)[number], number>;

/** Of one kind of request. */
export interface ConfidenceModel {
  intercept: number;
  weights: Signals;
}

/** What a search says of whether there is a good answer. @param candidates at least one */
export function signalsOf(candidates: readonly Candidate[], reading: QueryInterpretation, isBlank: boolean): Signals {
  const shares = candidates.map(({ textShare, imageShare }) => textShare + imageShare).sort((a, b) => b - a);
  const best = (value: (candidate: Candidate) => number): number => Math.max(...candidates.map(value));
  const { queryRoots: labelRoots, typeProbabilities, requested: asked, confidence: sureness } = reading;
  const type = best(({ typeProbability }) => typeProbability);
  const [category, color] = [
    best(({ labelSimilarities: fits }) => fits.category),
    best(({ labelSimilarities: fits }) => fits.color),
  ];
  const exact = Math.min(
    1,
    best(({ rareTermScore: exactWords }) => exactWords),
  );
  return {
    nearest: shares[0]!,
    margin: shares[0]! - shares[Math.floor(shares.length / 2)]!,
    type,
    category,
    color,
    asksKind: Number(typeProbabilities !== null || labelRoots.category !== null),
    asksColor: Number(asked.colors.length > 0),
    exact,
    grounds: Math.max(type, category, color, exact),
    wordsNothing: sureness.words?.nothing ?? 0,
    pictureNothing: sureness.picture?.nothing ?? 0,
    wordsSure: sureness.words?.category ?? 0,
    pictureSure: sureness.picture?.category ?? 0,
    blank: Number(isBlank),
  };
}

/** p(the catalog has a good answer), as if half of all requests had none: 1 / (1 + e^−(intercept + Σ w·x)). */
export function confidenceOf(signals: Signals, { intercept, weights }: ConfidenceModel): number {
  const sum = SIGNALS.reduce((total, name) => total + weights[name] * signals[name], intercept);
  return 1 / (1 + Math.exp(-sum));
}
