// `fitroom draw`: writes drawn garments as a folder that `fitroom import` and model training can read.
import type { CommandModule } from 'yargs';
import { CannotRun } from '../src/cli/exit.js';

interface DrawArguments {
  out: string;
  count: number | undefined;
  seed: number;
  size: number;
  catalog: boolean;
}

const TRAINING_COUNT = 1_000;
const MAX_SIZE = 2_048;

export const drawCommand: CommandModule<object, DrawArguments> = {
  command: 'draw',
  describe: 'Write drawn garments as a folder with metadata.jsonl',
  builder: (yargs) =>
    yargs
      .option('out', { type: 'string', demandOption: true, describe: 'Folder to write; it is created if missing' })
      .option('count', {
        type: 'number',
        describe: `Number of garments; default ${TRAINING_COUNT}, or the whole catalog`,
      })
      .option('seed', { type: 'number', default: 1, describe: 'The same seed draws the same garments' })
      .option('size', { type: 'number', default: 224, describe: 'Longer side of a picture in pixels' })
      .option('catalog', {
        type: 'boolean',
        default: false,
        describe: 'Draw the sample catalog instead of training pictures',
      })
      .check(({ count, seed, size }) => {
        if (count !== undefined && !(Number.isInteger(count) && count >= 1))
          throw new CannotRun('--count must be at least 1');
        if (!Number.isInteger(seed) || seed < 0) throw new CannotRun('--seed must be a whole number of at least 0');
        if (!(size >= 16 && size <= MAX_SIZE)) throw new CannotRun(`--size must be between 16 and ${MAX_SIZE}`);
        return true;
      }),
  handler: async ({ out: folder, count, seed, size, catalog }) => {
    // Imported here because loading the garment styles and the picture encoder would slow down every other command.
    const { drawCatalog, drawTraining } = await import('./draw/drawn.folder.js');
    // Drawings have an aspect ratio of 3 : 4.
    const width = Math.round((size * 3) / 4);
    const drawn = catalog
      ? await drawCatalog({ folder, count: count ?? Infinity, width })
      : await drawTraining({ folder, count: count ?? TRAINING_COUNT, width, seed });
    console.log(`${drawn} garments in ${folder}`);
  },
};
