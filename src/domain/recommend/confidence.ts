// Confidence in a good result: a logistic regression on the signals of one search.
import type { Candidate } from './candidate.js';
import type { QueryInterpretation } from './query.understanding.js';

/**
 * - nearest: inner product of the request vector with the nearest garment
 * - margin: difference between that value and the median of the candidates
 * - type, category, color: highest similarity of any candidate to the requested label; 0 without one
 * - asksKind, asksColor: 1 if the text or picture asks for a type or category, or the text for a color
 * - exact: weight of the rare terms of the candidate with the highest weight, at most 1
 * - grounds: maximum of type, category, color and exact; 0 if there is nothing but similarity
 * - wordsNothing, pictureNothing: p(nothing from a fashion shop); 0 for a missing modality
 * - wordsSure, pictureSure: probability of the likeliest category; 0 for a missing modality
 * - blank: 1 if the picture has a single shade
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

/** The model for one kind of request. */
export interface ConfidenceModel {
  intercept: number;
  weights: Signals;
}

/** Returns the signals of one search. @param candidates at least one */
export function signalsOf(
  candidates: readonly Candidate[],
  interpretation: QueryInterpretation,
  isBlank: boolean,
): Signals {
  const shares = candidates.map(({ textShare, imageShare }) => textShare + imageShare).sort((a, b) => b - a);
  const best = (value: (candidate: Candidate) => number): number => Math.max(...candidates.map(value));
  const { queryRoots, typeProbabilities, requested, confidence } = interpretation;
  const type = best(({ typeProbability }) => typeProbability);
  const category = best(({ labelSimilarities }) => labelSimilarities.category);
  const color = best(({ labelSimilarities }) => labelSimilarities.color);
  const exactScore = best(({ rareTermScore }) => rareTermScore);
  const exact = Math.min(1, exactScore);
  return {
    nearest: shares[0]!,
    margin: shares[0]! - shares[Math.floor(shares.length / 2)]!,
    type,
    category,
    color,
    asksKind: Number(typeProbabilities !== null || queryRoots.category !== null),
    asksColor: Number(requested.colors.length > 0),
    exact,
    grounds: Math.max(type, category, color, exact),
    wordsNothing: confidence.words?.nothing ?? 0,
    pictureNothing: confidence.picture?.nothing ?? 0,
    wordsSure: confidence.words?.category ?? 0,
    pictureSure: confidence.picture?.category ?? 0,
    blank: Number(isBlank),
  };
}

/** Returns p(good result) for a prior of one half: 1 / (1 + e^−(intercept + Σ w·x)). */
export function confidenceOf(signals: Signals, { intercept, weights }: ConfidenceModel): number {
  const sum = SIGNALS.reduce((total, name) => total + weights[name] * signals[name], intercept);
  return 1 / (1 + Math.exp(-sum));
}
