// Inputs of the benchmark: texts and pictures that are all different, so that no cache can serve them.
import { trainingDrawings } from '../tools/garment-drawing/training.drawings.js';
import { rasterize } from '../tools/draw/rasterize.js';

/** One request: a text, or the bytes of a picture. */
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

/**
 * Number of combinations, 60,060. Each occurs once, because the lengths of the lists share no divisor with the step.
 */
const COMBINATIONS = PARTS.reduce((product, part) => product * part.length, 1);
const STEP = 7_919;

/**
 * Returns texts of 4 to 8 words, like those of shoppers.
 * @param count at most 60,060
 * @param from number of texts to skip
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

/** Returns drawn garments with an aspect ratio of 3 : 4. @param width in pixels */
export async function pictureInputs(count: number, seed: number, width: number): Promise<Input[]> {
  const inputs: Input[] = [];
  for (const { svg } of trainingDrawings(count, seed)) {
    inputs.push({ kind: 'picture', bytes: await rasterize(svg, width, 'jpeg') });
  }
  return inputs;
}
