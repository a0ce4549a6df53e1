// The head's logits as what it says of each row: calibrated probabilities, or an error in place of a row.
import { HEAD_OUTPUTS, type HeadOutput, type HeadReading } from '../domain/reading.js';
import { requireOutput } from './batch.js';
import type { Head } from './manifest.models.js';
import type { Outputs } from './session.js';
import { softmaxOrError } from './vector.js';

/**
 * @param rows how many of the batch's rows are asked for
 * @throws Error where an output that the manifest names is missing or of another width
 */
export function headReadings(outputs: Outputs, rows: number, head: Head): (HeadReading | Error)[] {
  const file = head.kind === 'none' ? 'the head' : head.file;
  const probabilities = (name: string, width: number, temperature: number): (Float32Array | Error)[] =>
    requireOutput(outputs, name, { rows, width, file }).map((logits) => softmaxOrError(logits, temperature));
  const columns = HEAD_OUTPUTS.map((name) => probabilities(name, head.labels[name].length, head.temperatures[name]));
  const nothing = head.kind === 'trained' && head.nothing;
  const known = nothing && probabilities(nothing.output, 2, nothing.temperature);
  return Array.from({ length: rows }, (_, row) => {
    const cells = columns.map((column) => column[row]!);
    const unknown = known ? known[row]! : undefined;
    const failed = [...cells, unknown].find((cell) => cell instanceof Error);
    if (failed) return failed;
    const labels = Object.fromEntries(HEAD_OUTPUTS.map((name, i) => [name, cells[i]]));
    return { ...(labels as Record<HeadOutput, Float32Array>), nothing: unknown && (unknown as Float32Array)[0]! };
  });
}
