// How long does one request take? Medians, one request at a time, no two alike so that no cache answers. They are this
// machine's and not the bundle's: printed, not stored.
import type { Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { GARMENT_TYPES } from '../../domain/garment.js';
import { seededRandom } from '../../drawing/random.js';
import { quantile } from './statistics.js';

const ROUNDS = 60;
/** The first of them pay for what is loaded late. */
const WARM_UP = 10;

export async function measureLatency({ index, catalog }: Evaluation, sheet: FigureSheet): Promise<void> {
  const { encoders } = catalog.app;
  const { size } = encoders.bundle.manifest.image;
  const random = seededRandom(12);
  const pictures = index.products.slice(0, ROUNDS + WARM_UP);
  const ways: [label: string, call: (round: number) => Promise<unknown>][] = [
    ['words, encoder', (round) => encoders.encodeWords(requestWords(round))],
    ['picture, encoder', () => encoders.encodePixels(noise(size, random.next))],
    ['words, over HTTP', (round) => catalog.recommend({ text: `${requestWords(round)} please` })],
    [
      'picture, over HTTP',
      (round) => catalog.recommend({ picture: pictures[round % pictures.length]!.picture, leaveOut: `none ${round}` }),
    ],
  ];
  for (const [label, call] of ways) {
    sheet.note(`${label}: p50 ${(await medianMs(call)).toFixed(1)} ms`);
  }
  sheet.note(
    'On this machine, 2 threads; not stored. A picture over HTTP is known to the encoder: add the encoder’s time.',
  );
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

/** Words such as shoppers type, each once. */
function requestWords(round: number): string {
  const type = GARMENT_TYPES[round % GARMENT_TYPES.length]!.toLowerCase().replace('_', ' ');
  return `red ${type} number ${round}`;
}

function noise(size: number, next: () => number): Uint8Array {
  return Uint8Array.from({ length: size * size * 3 }, () => Math.floor(next() * 256));
}
