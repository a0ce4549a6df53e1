// Learned ranking weights: a factor for each score contribution.
import type { ScoreContribution } from '../recommend/recommendation.js';

/**
 * Contributions with a learned weight. Rules belong to the merchant and diversity to the request, so they keep their
 * values.
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
  /** Factor by contribution; 1 leaves the contribution unchanged. */
  weights: Record<Learnable, number>;
}

/** Returns the values of the contributions in the order of LEARNABLE; 0 for a missing one. */
export function featuresOf(contributions: readonly ScoreContribution[]): number[] {
  return LEARNABLE.map((name) => contributions.find((contribution) => contribution.name === name)?.value ?? 0);
}

/**
 * Returns Σ (w − 1)·contribution. The change is a separate contribution, so that the others stay comparable.
 * @param learned weights; 1 for a contribution that did not exist when they were stored
 */
export function learnedContribution(
  contributions: readonly ScoreContribution[],
  { weights }: { weights: Readonly<Partial<Record<Learnable, number>>> },
): number {
  return featuresOf(contributions).reduce((sum, value, i) => sum + ((weights[LEARNABLE[i]!] ?? 1) - 1) * value, 0);
}
