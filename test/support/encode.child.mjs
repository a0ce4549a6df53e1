// A process of its own with an environment of its own: does one task with the built encoders and prints what came of it as one line of JSON.
import { join } from 'node:path';
import { loadBundle } from '../../dist/inference/bundle.js';
import { startEncoders } from '../../dist/inference/encoders.js';
import { probe } from '../../dist/inference/execution.js';
import { runPixels, runTokens } from '../../dist/inference/encoder.run.js';
import { openModel } from '../../dist/inference/session.js';
import { WordTokenizer } from '../../dist/inference/tokenizer.js';

const log = [];

/** Pixels of no order that a shade begins. */
const pixelsOf = (shade, size) =>
  Uint8Array.from({ length: size * size * 3 }, (_, i) => (shade + i * 5 + (i >> 7) * 3) % 256);

const tasks = {
  /** Texts and pictures through the encoders, as the server does it, and the first of each through the attention. */
  async encode({ dir, execution, texts, shades }) {
    const note = (facts, message) => log.push(typeof facts === 'string' ? { message: facts } : { ...facts, message });
    const logger = { info: note, warn: note };
    const encoders = await startEncoders(await loadBundle(dir), { execution, threads: 2, logger });
    const vectors = await Promise.all([
      ...texts.map((text) => encoders.encodeWords(text)),
      ...shades.map((shade) => encoders.encodePixels(pixelsOf(shade, encoders.bundle.manifest.image.size))),
    ]);
    const sides = { text: vectors[0], image: vectors[texts.length] };
    vectors.push(await encoders.attend(sides, { text: 0.5, image: 0.5 }));
    await encoders.close();
    return { executionProvider: encoders.executionProvider, vectors: vectors.map((vector) => [...vector]) };
  },

  /** One text and one picture through bare sessions: on a software adapter a batch of a real model takes minutes. */
  async run({ dir, execution, texts, shades }) {
    const { text, image } = (await loadBundle(dir)).manifest;
    const options = { executionProvider: execution, threads: 2 };
    const tokens = (await WordTokenizer.load(dir, text)).encode(texts[0]);
    const [words, picture] = [
      await runTokens(await openModel(join(dir, text.file), options), [tokens], text),
      await runPixels(await openModel(join(dir, image.file), options), pixelsOf(shades[0], image.size), image),
    ];
    return { executionProvider: execution, vectors: [[...words.embedding], [...picture.embedding]] };
  },

  /** What `auto` finds out about a provider. */
  async probe({ dir, execution }) {
    return { report: await probe(await loadBundle(dir), { execution, threads: 2, race: true }) };
  },
};

const { task, ...order } = JSON.parse(process.argv[2]);
const outcome = await tasks[task](order).catch((error) => ({ error: error.message, errorName: error.name }));
process.stdout.write(`${JSON.stringify({ ...outcome, log })}\n`, () => process.exit(0));
