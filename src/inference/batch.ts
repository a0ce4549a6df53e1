// Batches for a model: rows stacked into one tensor, and outputs split into rows again.
import { type OutputTensors, paddedBatch, type AttentionInput } from './session.js';
import { rowsOf } from './vector.js';
import type { FusionWeights } from '../domain/recommend/fusion.js';

/** The shape of an output by the manifest: `width` numbers in each of `rows` rows. */
interface OutputShape {
  rows: number;
  width: number;
  /** File of the model, for the error message. */
  file: string;
}

/** Copies the parts one after another into `whole` and returns it. The rest of `whole` stays zero. */
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

/**
 * Returns the rows of one output. @throws Error if the model lacks the output or it has another width than in the
 * manifest
 */
export function requireOutput(outputs: OutputTensors, name: string, shape: OutputShape): Float32Array[] {
  const { rows, width, file } = shape;
  const output = outputs[name];
  if (output?.length === paddedBatch(rows) * width) return rowsOf(output, rows, width);
  throw new Error(`${file} has no output "${name}" with ${width} numbers per row, as manifest.json declares`);
}

/** Returns the value. @throws the Error that takes the place of a value */
export function valueOf<Value>(result: Value | Error | undefined): Value {
  if (result instanceof Error) throw result;
  return result!;
}

/** Both modalities of a request, each of `dimensions` numbers, and their weights, which sum to 1. */
export interface AttentionQuery {
  text: Float32Array;
  image: Float32Array;
  weights: FusionWeights;
}

/**
 * All weight on one modality, and equal weights: the cases in which a gate that divides by a sum of weights can compute
 * 0 / 0.
 */
export const EXTREME_WEIGHTS: readonly FusionWeights[] = [
  { text: 1, image: 0 },
  { text: 0, image: 1 },
  { text: 0.5, image: 0.5 },
];

/**
 * Returns the input of one attention run. @param batch 1 to MAX_BATCH requests; copies of the last one pad the batch,
 * since zeros would make its gate 0 / 0
 */
export function attentionInput(batch: readonly AttentionQuery[]): AttentionInput {
  const rows = Array.from({ length: paddedBatch(batch.length) }, (_, i) => batch[Math.min(i, batch.length - 1)]!);
  const stackedModality = (modality: 'text' | 'image'): Float32Array =>
    stacked(
      rows.map((row) => row[modality]),
      new Float32Array(rows.length * rows[0]!.text.length),
    );
  const weights = rows.flatMap((row) => [row.weights.text, row.weights.image]);
  return { text: stackedModality('text'), image: stackedModality('image'), weights: Float32Array.from(weights) };
}
