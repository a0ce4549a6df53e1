// What the classifier head says of a request or a garment: five calibrated distributions.

export const HEAD_OUTPUTS = ['garmentType', 'category', 'color', 'gender', 'usage'] as const;
export type HeadOutput = (typeof HEAD_OUTPUTS)[number];

/** Probabilities in the order of the bundle's labels; each output sums to 1. */
export type Classification = Record<HeadOutput, Float32Array> & {
  /** Probability that there is nothing that a fashion shop has; absent where the bundle's head does not tell. */
  nothing?: number;
};

export interface LabelProbability {
  label: string;
  probability: number;
}

/** Labels with their probabilities, most likely first; ties in the bundle's order. */
export function rankedLabels(labels: readonly string[], probabilities: Float32Array): LabelProbability[] {
  return labels
    .map((label, i) => ({ label, probability: probabilities[i] ?? 0 }))
    .sort((a, b) => b.probability - a.probability);
}
