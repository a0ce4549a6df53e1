// Latency figures: medians of single requests that no cache can serve.
// They depend on the machine, so they are printed and not stored.
import { GARMENT_TYPES } from '../../src/domain/catalog/garment.js';
import { seededRandom } from '../../src/domain/shared/random.js';
import { trainingDrawings } from '../garment-drawing/training.drawings.js';
import { rasterize } from '../draw/rasterize.js';
import type { Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { INFERENCE_THREADS } from './served.catalog.js';
import { quantile } from './statistics.js';

const ROUNDS = 60;
/** The first rounds include lazy loading, so they are not counted. */
const WARM_UP = 10;

export async function measureLatency({ catalog }: Evaluation, sheet: FigureSheet): Promise<void> {
  const { encoders } = catalog.app.own;
  const { size } = encoders.bundle.manifest.image;
  const random = seededRandom(12);
  const randomPixels = (): Uint8Array =>
    Uint8Array.from({ length: size * size * 3 }, () => Math.floor(random.next() * 256));
  const noisePictures = Array.from({ length: ROUNDS + WARM_UP }, randomPixels);
  const pictures = await photos();
  const calls: [label: string, call: (round: number) => Promise<unknown>][] = [
    ['words, encoder', (round) => encoders.encodeWords(requestWords(round))],
    ['picture, encoder', (round) => encoders.encodePixels(noisePictures[round]!)],
    ['words, over HTTP', (round) => catalog.recommend({ text: `${requestWords(round)} please` })],
    ['picture, over HTTP', (round) => catalog.recommend({ picture: pictures[round] })],
  ];
  for (const [label, call] of calls) sheet.note(`${label}: p50 ${(await medianMs(call)).toFixed(1)} ms`);
  sheet.note(`${INFERENCE_THREADS} threads of this machine under its current load; not stored`);
}

async function medianMs(call: (round: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    const began = performance.now();
    await call(round);
    if (round >= WARM_UP) times.push(performance.now() - began);
  }
  return quantile(
    times.sort((a, b) => a - b),
    0.5,
  );
}

/** Returns a short shopper text that no other round uses. */
function requestWords(round: number): string {
  const type = GARMENT_TYPES[round % GARMENT_TYPES.length]!.toLowerCase().replace('_', ' ');
  return `red ${type} number ${round}`;
}

/** Returns drawn pictures of 384 × 512 pixels, the size that a storefront sends. */
async function photos(): Promise<Uint8Array[]> {
  const drawn: Uint8Array[] = [];
  for (const { svg } of trainingDrawings(ROUNDS + WARM_UP, 12)) drawn.push(await rasterize(svg, 384, 'jpeg'));
  return drawn;
}
