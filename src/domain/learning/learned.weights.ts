// What a store's answers taught of the ranking: how much each contribution should count, against what it counts by itself.
import type { ScoreContribution } from '../recommend/recommendation.js';

/**
 * The contributions that can be learned of. Rules are the merchant's and diversity the request's to set; what they add stays
 * what it is.
 */
export const LEARNABLE = [
  'textSimilarity',
  'imageSimilarity',
  'garmentType',
  'category',
  'color',
  'gender',
  'usage',
  'lexical',
  'avoid',
  'shopper',
] as const satisfies readonly ScoreContribution['name'][];
export type Learnable = (typeof LEARNABLE)[number];

export interface LearnedWeights {
  version: number;
  /** By contribution; 1 is what it counts by itself. */
  weights: Record<Learnable, number>;
}

/** The contributions in the order of LEARNABLE; 0 for what is not there. */
export function featuresOf(contributions: readonly ScoreContribution[]): number[] {
  return LEARNABLE.map((name) => contributions.find((one) => one.name === name)?.value ?? 0);
}

/** Σ (w − 1)·contribution: what the learned weights change, as a contribution of its own, so that the others stay comparable. */
export function learnedContribution(
  contributions: readonly ScoreContribution[],
  { weights }: Pick<LearnedWeights, 'weights'>,
): number {
  return featuresOf(contributions).reduce((sum, value, i) => sum + (weights[LEARNABLE[i]!] - 1) * value, 0);
}
