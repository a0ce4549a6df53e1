// Owns what the benchmark asks: words and pictures of which no two are alike, so that no cache answers for the models.
import { trainingDrawings } from '../tools/garment-drawing/training.drawings.js';
import { rasterize } from '../tools/draw/rasterize.js';

/** One request: words, or the bytes of a picture. */
export type Input = { kind: 'words'; text: string } | { kind: 'picture'; bytes: Uint8Array };

const PARTS = [
  ['light', 'warm', 'slim', 'loose', 'plain', 'striped', 'checked', 'soft', 'classic', 'short', 'long'],
  [
    'red',
    'navy blue',
    'black',
    'white',
    'olive',
    'beige',
    'pink',
    'grey',
    'yellow',
    'brown',
    'green',
    'purple',
    'teal',
  ],
  ['cotton', 'linen', 'denim', 'wool', 'leather', 'silk', 'knitted'],
  [
    'dress',
    'shirt',
    'jacket',
    'skirt',
    'shoes',
    'shorts',
    'sweater',
    't-shirt',
    'trousers',
    'cap',
    'sandals',
    'blazer',
  ],
  ['for the office', 'for a wedding', 'for summer', 'for running', 'for every day'],
] as const;

/** Every combination stands once: 60,060 in all, since the lists' lengths share no divisor with the step. */
const COMBINATIONS = PARTS.reduce((product, part) => product * part.length, 1);
const STEP = 7_919;

/**
 * Words such as shoppers type, 4 to 8 of them.
 * @param count at most 60,060
 * @param from how many of the sequence to skip
 */
export function wordInputs(count: number, from = 0): Input[] {
  return Array.from({ length: count }, (_, i) => {
    let rest = ((from + i) * STEP) % COMBINATIONS;
    const words = PARTS.map((part) => {
      const word = part[rest % part.length]!;
      rest = Math.floor(rest / part.length);
      return word;
    });
    return { kind: 'words', text: words.join(' ') };
  });
}

/** Drawn garments, 3:4. @param width in px */
export async function pictureInputs(count: number, seed: number, width: number): Promise<Input[]> {
  const inputs: Input[] = [];
  for (const { svg } of trainingDrawings(count, seed)) {
    inputs.push({ kind: 'picture', bytes: await rasterize(svg, width, 'jpeg') });
  }
  return inputs;
}
