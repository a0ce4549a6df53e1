// Requests with words and a picture as the arrays that the attention network takes. Knows no session.
import type { FusionWeights } from '../domain/fusion.js';
import { stacked } from './batch.js';
import { type AttentionInput, paddedBatch } from './session.js';

/** Both sides of a request [dimensions each], and how much they weigh, summing to 1. */
export interface Attended {
  text: Float32Array;
  image: Float32Array;
  weights: FusionWeights;
}

/** All the weight on one side, and as much on each: where a gate that divides by a sum of weights can come to 0 / 0. */
export const OUTERMOST_WEIGHTS: readonly FusionWeights[] = [
  { text: 1, image: 0 },
  { text: 0, image: 1 },
  { text: 0.5, image: 0.5 },
];

/** @param batch 1 to MAX_BATCH requests; copies of the last one fill up the batch, since zeros would make its gate 0 / 0 */
export function attentionInput(batch: readonly Attended[]): AttentionInput {
  const rows = Array.from({ length: paddedBatch(batch.length) }, (_, i) => batch[Math.min(i, batch.length - 1)]!);
  const side = (name: 'text' | 'image'): Float32Array =>
    stacked(
      rows.map((row) => row[name]),
      new Float32Array(rows.length * rows[0]!.text.length),
    );
  const weights = rows.flatMap((row) => [row.weights.text, row.weights.image]);
  return { text: side('text'), image: side('image'), weights: Float32Array.from(weights) };
}
