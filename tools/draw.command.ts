// `fitroom draw`: writes drawn garments as a folder that `fitroom import` and the training read.
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
      .option('out', { type: 'string', demandOption: true, describe: 'Folder to write; made where it is missing' })
      .option('count', { type: 'number', describe: `Garments; ${TRAINING_COUNT}, or the whole catalog` })
      .option('seed', { type: 'number', default: 1, describe: 'The same seed draws the same garments' })
      .option('size', { type: 'number', default: 224, describe: 'Longer side of a picture in pixels' })
      .option('catalog', {
        type: 'boolean',
        default: false,
        describe: 'The sample catalog instead of training pictures',
      })
      .check(({ count, seed, size }) => {
        if (count !== undefined && !(Number.isInteger(count) && count >= 1))
          throw new CannotRun('--count is at least 1');
        if (!Number.isInteger(seed) || seed < 0) throw new CannotRun('--seed is a whole number of at least 0');
        if (!(size >= 16 && size <= MAX_SIZE)) throw new CannotRun(`--size is 16 to ${MAX_SIZE}`);
        return true;
      }),
  handler: async ({ out: folder, count, seed, size, catalog }) => {
    // loaded here: the racks and the picture encoder are nothing that another command should wait for
    const { drawCatalog, drawTraining } = await import('./draw/drawn.folder.js');
    // drawings are 3 : 4
    const width = Math.round((size * 3) / 4);
    const drawn = catalog
      ? await drawCatalog({ folder, count: count ?? Infinity, width })
      : await drawTraining({ folder, count: count ?? TRAINING_COUNT, width, seed });
    console.log(`${drawn} garments in ${folder}`);
  },
};
