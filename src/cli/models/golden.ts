// Golden inputs of a bundle and their recorded features, which `models verify` compares.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SHIPPED_MODELS } from '../../config.js';
import type { Bundle } from '../../inference/bundle.js';
import type { Encoders } from '../../inference/encoders.js';
import { openPicture } from '../../pictures/picture.js';
import { squareOf } from '../../pictures/letterbox.js';

/** File name in the folder of a pulled bundle, which its manifest lists. */
export const GOLDEN_FILE = 'golden.json';
/** Golden input pictures, with the golden features of the default bundle. */
const GOLDEN_FOLDER = join(SHIPPED_MODELS, 'golden');
const TEXTS = ['red dress', 'black running shoes', '红色连衣裙'];
const PICTURES = ['shirt-60x80.png', 'stripes-333x97.png'];

export interface Golden {
  texts: { text: string; embedding: number[] }[];
  pictures: { file: string; embedding: number[] }[];
}

export async function recordGoldenFeatures(encoders: Encoders): Promise<Golden> {
  const texts = TEXTS.map(async (text) => ({ text, embedding: rounded(await encoders.encodeWords(text)) }));
  const pictures = PICTURES.map(async (file) => ({ file, embedding: rounded(await goldenPicture(encoders, file)) }));
  return { texts: await Promise.all(texts), pictures: await Promise.all(pictures) };
}

/** Returns the golden features recorded for these files, or null if there are none. */
export async function findGolden({ dir, manifest }: Bundle): Promise<Golden | null> {
  if (manifest.files[GOLDEN_FILE]) return JSON.parse(await readFile(join(dir, GOLDEN_FILE), 'utf8')) as Golden;
  const json = await readFile(join(GOLDEN_FOLDER, GOLDEN_FILE), 'utf8');
  const shared = JSON.parse(json) as Golden & { files: { text: string; image: string } };
  const { text, image } = shared.files;
  return text === manifest.text.sha256 && image === manifest.image.sha256 ? shared : null;
}

/** Returns the lowest cosine similarity between a golden feature and the present feature of its input. */
export async function lowestCosine(encoders: Encoders, golden: Golden): Promise<number> {
  const cosines = await Promise.all([
    ...golden.texts.map(async ({ text, embedding }) => cosine(await encoders.encodeWords(text), embedding)),
    ...golden.pictures.map(async ({ file, embedding }) => cosine(await goldenPicture(encoders, file), embedding)),
  ]);
  return Math.min(...cosines);
}

async function goldenPicture(encoders: Encoders, file: string): Promise<Float32Array> {
  const picture = await openPicture(await readFile(join(GOLDEN_FOLDER, file)));
  return encoders.encodePixels(await squareOf(picture, encoders.bundle.manifest.image));
}

function rounded(vector: Float32Array): number[] {
  return Array.from(vector, (value) => Number(value.toFixed(5)));
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const dot = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
    Array.from(x).reduce((sum, value, i) => sum + value * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
