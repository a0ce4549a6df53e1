// A process that runs one task with the built encoders and prints the result as one line of JSON.
import { join } from 'node:path';
import { loadBundle } from '../../dist/inference/bundle.js';
import { startEncoders } from '../../dist/inference/encoders.js';
import { probe } from '../../dist/inference/execution.js';
import { runPixels, runTokens } from '../../dist/inference/encoder.run.js';
import { openModel } from '../../dist/inference/session.js';
import { WordTokenizer } from '../../dist/inference/tokenizer.js';

const log = [];

/** Returns pixels without a pattern, starting from a shade. */
const pixelsOf = (shade, size) =>
  Uint8Array.from({ length: size * size * 3 }, (_, i) => (shade + i * 5 + (i >> 7) * 3) % 256);

const tasks = {
  /**
   * Encodes texts and pictures with the encoders, as the server does, and the first of each with the attention network.
   */
  async encode({ dir, execution, texts, shades }) {
    const record = (facts, message) => log.push(typeof facts === 'string' ? { message: facts } : { ...facts, message });
    const logger = { info: record, warn: record };
    const encoders = await startEncoders(await loadBundle(dir), { execution, threads: 2, logger });
    const vectors = await Promise.all([
      ...texts.map((text) => encoders.encodeWords(text)),
      ...shades.map((shade) => encoders.encodePixels(pixelsOf(shade, encoders.bundle.manifest.image.size))),
    ]);
    const modalities = { text: vectors[0], image: vectors[texts.length] };
    vectors.push(await encoders.attend(modalities, { text: 0.5, image: 0.5 }));
    await encoders.close();
    return { executionProvider: encoders.executionProvider, vectors: vectors.map((vector) => [...vector]) };
  },

  /**
   * Encodes one text and one picture with bare sessions. On a software adapter, a batch of a real model takes minutes.
   */
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

  /** Returns what `auto` measures of a provider. */
  async probe({ dir, execution }) {
    return { report: await probe(await loadBundle(dir), { execution, threads: 2, race: true }) };
  },
};

const { task, ...options } = JSON.parse(process.argv[2]);
const outcome = await tasks[task](options).catch((error) => ({ error: error.message, errorName: error.name }));
process.stdout.write(`${JSON.stringify({ ...outcome, log })}\n`, () => process.exit(0));
