// Rows stacked into one batch for a model, and a model's outputs as rows again. Pure; knows no models and no meaning.
import { type Outputs, paddedBatch } from './session.js';
import { rowsOf } from './vector.js';

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
export function requireOutput(outputs: Outputs, name: string, shape: OutputShape): Float32Array[] {
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
