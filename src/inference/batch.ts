// Rows stacked into one batch for a model, and a model's outputs as rows again. Pure; knows no models and no meaning.
import { type OutputTensors, paddedBatch, type AttentionInput } from './session.js';
import { rowsOf } from './vector.js';
import type { FusionWeights } from '../domain/recommend/fusion.js';

/** What the manifest says of an output: `width` numbers in each of `rows` rows. */
interface OutputShape {
  rows: number;
  width: number;
  /** The model's, for whoever reads the failure. */
  file: string;
}

/** Copies the parts one after another into `whole`; what is left of it stays zero. */
export function stacked<T extends Uint8Array | Float32Array>(
  parts: readonly (Uint8Array | Float32Array)[],
  whole: T,
): T {
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** The rows of one output. @throws Error where the model has no such output or another width than the manifest says */
export function requireOutput(outputs: OutputTensors, name: string, shape: OutputShape): Float32Array[] {
  const { rows, width, file } = shape;
  const output = outputs[name];
  if (output?.length === paddedBatch(rows) * width) return rowsOf(output, rows, width);
  throw new Error(`${file} does not give "${name}" of ${width} numbers a row, which manifest.json says it does`);
}

/** @throws the Error that stands in place of a value */
export function valueOf<Value>(answer: Value | Error | undefined): Value {
  if (answer instanceof Error) throw answer;
  return answer!;
}

/** Both sides of a request [dimensions each], and how much they weigh, summing to 1. */
export interface AttentionQuery {
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
export function attentionInput(batch: readonly AttentionQuery[]): AttentionInput {
  const rows = Array.from({ length: paddedBatch(batch.length) }, (_, i) => batch[Math.min(i, batch.length - 1)]!);
  const side = (name: 'text' | 'image'): Float32Array =>
    stacked(
      rows.map((row) => row[name]),
      new Float32Array(rows.length * rows[0]!.text.length),
    );
  const weights = rows.flatMap((row) => [row.weights.text, row.weights.image]);
  return { text: side('text'), image: side('image'), weights: Float32Array.from(weights) };
}
