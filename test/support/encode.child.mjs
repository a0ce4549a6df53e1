// A process of its own with an environment of its own: starts encoders, encodes, and prints what came of it as one line of JSON.
import { loadBundle } from '../../dist/inference/bundle.js';
import { startEncoders } from '../../dist/inference/encoders.js';

const { dir, execution, texts, pictures } = JSON.parse(process.argv[2]);
const log = [];
const logger = {
  info: (facts, message) => log.push({ ...facts, message }),
  warn: (facts, message) => log.push({ ...facts, message }),
};

async function encode() {
  const encoders = await startEncoders(await loadBundle(dir), { execution, threads: 2, logger });
  const vectors = await Promise.all([
    ...texts.map((text) => encoders.encodeWords(text)),
    ...pictures.map((pixels) => encoders.encodePixels(Uint8Array.from(pixels))),
  ]);
  await encoders.close();
  return { executionProvider: encoders.executionProvider, vectors: vectors.map((vector) => [...vector]) };
}

const outcome = await encode().catch((error) => ({ error: error.message, errorName: error.name }));
process.stdout.write(`${JSON.stringify({ ...outcome, log })}\n`, () => process.exit(0));
