// The classifier head of any kind as a function: features to logits. Runs in an inference thread.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HEAD_OUTPUTS, type HeadOutput, type Classification } from '../domain/recommend/classification.js';
import type { Head } from './manifest.models.js';
import { openModel, type OutputTensors, runHead, SMALL } from './session.js';
import { requireOutput } from './batch.js';
import { softmaxOrError } from './vector.js';

/** [F_t ; F_i] [batch, 2 × dimensions], a missing side being zero, to the logits [batch, labels] of every output. */
export type HeadModel = (features: Float32Array) => Promise<OutputTensors>;

export async function openHead(dir: string, head: Head, dimensions: number): Promise<HeadModel> {
  const width = 2 * dimensions;
  switch (head.kind) {
    case 'trained': {
      const model = await openModel(join(dir, head.file), SMALL);
      return (features) => runHead(model, features, width);
    }
    case 'zero-shot': {
      const bytes = await readFile(join(dir, head.file));
      const prompts = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
      return (features) => Promise.resolve(promptLogits(head, { features, prompts, dimensions }));
    }
    case 'none':
      return (features) => Promise.resolve(evenLogits(head, features.length / width));
  }
}

/**
 * scale × cosine with each label's prompt, the mean over the sides that are there (zero-shot classification as in Radford
 * et al. 2021, with words beside the picture).
 */
function promptLogits(
  { labels, scale }: Extract<Head, { kind: 'zero-shot' }>,
  { features, prompts, dimensions }: { features: Float32Array; prompts: Float32Array; dimensions: number },
): OutputTensors {
  const rows = features.length / (2 * dimensions);
  let first = 0;
  const logitsOf = (count: number): Float32Array => {
    const logits = new Float32Array(rows * count);
    for (let row = 0; row < rows; row++) {
      const halves = [0, 1]
        .map((side) => features.subarray((2 * row + side) * dimensions, (2 * row + side + 1) * dimensions))
        .filter((half) => half.some((value) => value !== 0));
      for (let label = 0; label < count; label++) {
        const prompt = prompts.subarray((first + label) * dimensions, (first + label + 1) * dimensions);
        const cosines = halves.map((half) => half.reduce((sum, value, i) => sum + value * prompt[i]!, 0));
        logits[row * count + label] = (scale * cosines.reduce((a, b) => a + b, 0)) / halves.length;
      }
    }
    first += count;
    return logits;
  };
  return Object.fromEntries(HEAD_OUTPUTS.map((output) => [output, logitsOf(labels[output].length)]));
}

function evenLogits({ labels }: Head, rows: number): OutputTensors {
  return Object.fromEntries(HEAD_OUTPUTS.map((output) => [output, new Float32Array(rows * labels[output].length)]));
}

/**
 * @param rows how many of the batch's rows are asked for
 * @throws Error where an output that the manifest names is missing or of another width
 */
export function headReadings(outputs: OutputTensors, rows: number, head: Head): (Classification | Error)[] {
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
