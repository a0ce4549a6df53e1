// The light bundle compared to the default one: same labels, same space, less computation.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_MODEL, PROJECT_ROOT } from '../../../src/config.js';
import { loadBundle } from '../../../src/inference/bundle.js';
import { startEncoders, type Encoders } from '../../../src/inference/encoders.js';
import { letterbox } from '../../../src/pictures/letterbox.js';
import { openPicture } from '../../../src/pictures/picture.js';

const TEXTS = ['red summer dress', '黑色运动鞋', 'formal white shirt for men', 'blue jeans', '女士手表'];

let full: Encoders;
let light: Encoders;
beforeAll(async () => {
  full = await startBundle(DEFAULT_MODEL);
  light = await startBundle(`${DEFAULT_MODEL}-light`);
});
afterAll(async () => {
  await Promise.all([full?.close(), light?.close()]);
});

const startBundle = async (name: string) =>
  startEncoders(await loadBundle(join(PROJECT_ROOT, 'models', name)), { execution: 'cpu', threads: 1 });

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

async function pictureOf({ encoders, file }: { encoders: Encoders; file: string }): Promise<Float32Array> {
  const bytes = await readFile(join(PROJECT_ROOT, 'models', 'golden', file));
  return encoders.encodePixels(await letterbox(await openPicture(bytes), encoders.bundle.manifest.image.size));
}

it.each(TEXTS)('the light bundle encodes %p nearly as the full one', async (text) => {
  const vector = await light.encodeWords(text);
  expect(dot(vector, await full.encodeWords(text))).toBeGreaterThan(0.95);
});

it.each(['shirt-60x80.png', 'shirt-224x168.png'])(
  'the light bundle encodes and classifies %s nearly as the full one',
  async (file) => {
    const vector = await pictureOf({ encoders: light, file });
    expect(dot(vector, await pictureOf({ encoders: full, file }))).toBeGreaterThan(0.85);
    const { garmentType } = await light.readHead({ text: null, image: vector });
    const types = light.bundle.manifest.head.labels?.garmentType ?? [];
    expect(types[garmentType.indexOf(Math.max(...garmentType))]).toMatch(/SHIRT|LONG_SLEEVE/);
  },
);

it('the light bundle has the labels of the full one, so that a switch changes no facet', () => {
  expect(light.bundle.manifest.head.labels).toEqual(full.bundle.manifest.head.labels);
});
