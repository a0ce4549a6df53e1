// Features and classifications of the default bundle, compared to those of Python.
// models/golden holds the values that Python computed with the same files.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_MODEL, PROJECT_ROOT } from '../../../src/config.js';
import { type Features, withModalityWeights, fuse } from '../../../src/domain/recommend/fusion.js';
import { HEAD_OUTPUTS, type HeadOutput, type Classification } from '../../../src/domain/recommend/classification.js';
import { type Bundle, loadBundle } from '../../../src/inference/bundle.js';
import { type Encoders, startEncoders } from '../../../src/inference/encoders.js';
import { WordTokenizer } from '../../../src/inference/tokenizer.js';
import { softmaxOrError } from '../../../src/inference/vector.js';
import { letterbox } from '../../../src/pictures/letterbox.js';
import { openPicture } from '../../../src/pictures/picture.js';

type Logits = Record<HeadOutput, number[]>;
interface Golden {
  files: Record<'text' | 'image' | 'head' | 'fusion', string>;
  /** `fullPrecision`: features from the weights before quantization to 8 bits. */
  texts: { text: string; ids: number[]; embedding: number[]; fullPrecision: number[]; head: Logits }[];
  pictures: {
    file: string;
    corner: number[];
    mean: number[];
    embedding: number[];
    fullPrecision: number[];
    head: Logits;
  }[];
  both: { text: string; file: string; head: Logits; averaged: number[]; attended: number[] }[];
}

const GOLDEN = join(PROJECT_ROOT, 'models', 'golden');
const golden = JSON.parse(await readFile(join(GOLDEN, 'golden.json'), 'utf8')) as Golden;

let bundle: Bundle;
let encoders: Encoders;
beforeAll(async () => {
  bundle = await loadBundle(join(PROJECT_ROOT, 'models', DEFAULT_MODEL));
  encoders = await startEncoders(bundle, { execution: 'cpu', threads: 2 });
});
afterAll(() => encoders?.close());

const pixelsOf = async (file: string) =>
  letterbox(await openPicture(await readFile(join(GOLDEN, file))), bundle.manifest.image.size);

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const dot = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    Array.from(x).reduce((sum, value, i) => sum + value * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** Returns the largest difference of any probability between a classification and the golden logits. */
function headDifference(classification: Classification, logits: Logits): number {
  const { temperatures } = bundle.manifest.head;
  const differences = HEAD_OUTPUTS.flatMap((output) => {
    const expected = softmaxOrError(Float32Array.from(logits[output]), temperatures[output]) as Float32Array;
    return Array.from(expected, (p, i) => Math.abs(p - classification[output][i]!));
  });
  return Math.max(...differences);
}

it('the golden values belong to the committed bundle', () => {
  const { text, image, head, fusion } = bundle.manifest;
  const files = {
    text: text.sha256,
    image: image.sha256,
    head: head.kind === 'trained' && head.sha256,
    fusion: fusion.attention!.sha256,
  };
  expect(golden.files).toEqual(files);
});

const named = golden.texts.map((entry) => ({ ...entry, name: entry.text.slice(0, 40) }));
describe.each(named)('the text $name', ({ text, ids, embedding, fullPrecision, head }) => {
  it('has the same token ids as in Python', async () => {
    expect((await WordTokenizer.load(bundle.dir, bundle.manifest.text)).encode(text)).toEqual(ids);
  });

  it('has the same vector and classification as in Python', async () => {
    const vector = await encoders.encodeWords(text);
    expect(cosine(vector, embedding)).toBeGreaterThan(0.9999);
    expect(headDifference(await encoders.readHead({ text: vector, image: null }), head)).toBeLessThan(0.01);
  });

  it('has nearly the same vector in 8 bits as in full precision', async () => {
    expect(cosine(await encoders.encodeWords(text), fullPrecision)).toBeGreaterThan(0.995);
  });
});

describe.each(golden.pictures)('the picture $file', ({ file, corner, mean, embedding, fullPrecision, head }) => {
  it('has the same square of pixels as in Python', async () => {
    const pixels = await pixelsOf(file);
    expect([...pixels.subarray(0, 3)]).toEqual(corner);
    for (const channel of [0, 1, 2]) {
      const sum = pixels.reduce((total, value, i) => (i % 3 === channel ? total + value : total), 0);
      expect(Math.abs(sum / (pixels.length / 3) - mean[channel]!)).toBeLessThan(0.5);
    }
  });

  it('has the same vector and classification as in Python', async () => {
    const vector = await encoders.encodePixels(await pixelsOf(file));
    expect(cosine(vector, embedding)).toBeGreaterThan(0.999);
    expect(headDifference(await encoders.readHead({ text: null, image: vector }), head)).toBeLessThan(0.02);
  });

  it('has nearly the same vector in 8 bits as in full precision', async () => {
    expect(cosine(await encoders.encodePixels(await pixelsOf(file)), fullPrecision)).toBeGreaterThan(0.995);
  });
});

it.each(golden.both)(
  '"$text" with $file has the same request vector and classification as in Python',
  async ({ text, file, head, averaged, attended }) => {
    const features: Features = {
      text: await encoders.encodeWords(text),
      image: await encoders.encodePixels(await pixelsOf(file)),
    };
    const { weights } = bundle.manifest.fusion;
    const fused = fuse(
      features,
      { method: 'WEIGHTED_AVERAGE', weights: weights.WEIGHTED_AVERAGE! },
      bundle.manifest.fusion.halves,
    );
    expect(cosine(fused.text, averaged)).toBeGreaterThan(0.999);
    const query = await encoders.attend(features, { text: 0.5, image: 0.5 });
    expect(cosine(withModalityWeights(query, { text: 1, image: 1 }).text, attended)).toBeGreaterThan(0.999);
    expect(headDifference(await encoders.readHead(features), head)).toBeLessThan(0.02);
  },
);

it('the vector of a text does not depend on the other texts in its batch', async () => {
  const fresh = await startEncoders(bundle, { execution: 'cpu', threads: 2 });
  const texts = golden.texts.map(({ text }) => text);
  const together = await Promise.all(texts.map((text) => fresh.encodeWords(text)));
  for (const [i, text] of texts.entries())
    expect(cosine(together[i]!, await encoders.encodeWords(text))).toBeGreaterThan(0.9999);
  await fresh.close();
});

it('the vector of a picture does not depend on the other pictures in its batch', async () => {
  const fresh = await startEncoders(bundle, { execution: 'cpu', threads: 2 });
  const squares = await Promise.all(golden.pictures.map(({ file }) => pixelsOf(file)));
  const together = await Promise.all(squares.map((pixels) => fresh.encodePixels(pixels)));
  for (const [i, pixels] of squares.entries())
    expect(cosine(together[i]!, await encoders.encodePixels(pixels))).toBeGreaterThan(0.9999);
  await fresh.close();
});
