// Classification of a request or a garment by the head: five calibrated distributions.

export const HEAD_OUTPUTS = ['garmentType', 'category', 'color', 'gender', 'usage'] as const;
export type HeadOutput = (typeof HEAD_OUTPUTS)[number];

/** Probabilities in the order of the bundle's labels. Each output sums to 1. */
export type Classification = Record<HeadOutput, Float32Array> & {
  /** Probability that the input contains nothing from a fashion shop; absent for heads without this output. */
  nothing?: number;
};

export interface LabelProbability {
  label: string;
  probability: number;
}

/** Returns labels with their probabilities, most likely first; ties keep the bundle's order. */
export function rankedLabels(labels: readonly string[], probabilities: Float32Array): LabelProbability[] {
  return labels
    .map((label, i) => ({ label, probability: probabilities[i] ?? 0 }))
    .sort((a, b) => b.probability - a.probability);
}
