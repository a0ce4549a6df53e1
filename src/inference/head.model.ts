// The classifier head of any kind as a function: features to logits. Runs in an inference thread.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HEAD_OUTPUTS } from '../domain/reading.js';
import type { Head } from './manifest.models.js';
import { openModel, type Outputs, runHead, SMALL } from './session.js';

/** [F_t ; F_i] [batch, 2 × dimensions], a missing side being zero, to the logits [batch, labels] of every output. */
export type HeadModel = (features: Float32Array) => Promise<Outputs>;

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
): Outputs {
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

function evenLogits({ labels }: Head, rows: number): Outputs {
  return Object.fromEntries(HEAD_OUTPUTS.map((output) => [output, new Float32Array(rows * labels[output].length)]));
}
