// The classifier head as a function from features to logits, for each kind of head.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HEAD_OUTPUTS, type HeadOutput, type Classification } from '../domain/recommend/classification.js';
import type { Head } from './manifest.models.js';
import { openModel, type OutputTensors, runHead, SMALL } from './session.js';
import { requireOutput } from './batch.js';
import { softmaxOrError } from './vector.js';

/**
 * Maps [F_t ; F_i] [batch, 2 × dimensions] to the logits [batch, labels] of every output. A missing modality is zero.
 */
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
 * Returns scale × cosine to each label's prompt, averaged over the modalities that are present: zero-shot
 * classification as in Radford et al. 2021, with text in addition to the picture.
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
      const modalities = [0, 1]
        .map((index) => features.subarray((2 * row + index) * dimensions, (2 * row + index + 1) * dimensions))
        .filter((modality) => modality.some((value) => value !== 0));
      for (let label = 0; label < count; label++) {
        const prompt = prompts.subarray((first + label) * dimensions, (first + label + 1) * dimensions);
        const cosines = modalities.map((modality) => modality.reduce((sum, value, i) => sum + value * prompt[i]!, 0));
        logits[row * count + label] = (scale * cosines.reduce((a, b) => a + b, 0)) / modalities.length;
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
 * Returns the classification of each row, or an Error for a row with a value that is not finite.
 * @param rows number of real rows in the batch, without padding
 * @throws Error if an output that the manifest names is missing or has another width
 */
export function headClassifications(outputs: OutputTensors, rows: number, head: Head): (Classification | Error)[] {
  const file = head.kind === 'none' ? 'the head' : head.file;
  const probabilities = (name: string, width: number, temperature: number): (Float32Array | Error)[] =>
    requireOutput(outputs, name, { rows, width, file }).map((logits) => softmaxOrError(logits, temperature));
  const columns = HEAD_OUTPUTS.map((name) => probabilities(name, head.labels[name].length, head.temperatures[name]));
  const nothingOutput = head.kind === 'trained' && head.nothing;
  const nothingProbabilities = nothingOutput && probabilities(nothingOutput.output, 2, nothingOutput.temperature);
  return Array.from({ length: rows }, (_, row) => {
    const cells = columns.map((column) => column[row]!);
    const nothing = nothingProbabilities ? nothingProbabilities[row]! : undefined;
    const failed = [...cells, nothing].find((cell) => cell instanceof Error);
    if (failed) return failed;
    const labels = Object.fromEntries(HEAD_OUTPUTS.map((name, i) => [name, cells[i]]));
    return { ...(labels as Record<HeadOutput, Float32Array>), nothing: nothing && (nothing as Float32Array)[0]! };
  });
}
