// `fitroom panel`: a blind comparison of the server's outfits with random outfits.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { readConfig } from '../src/config.js';
import type { SplitName } from './evaluate/split.reader.js';
import { CannotRun } from '../src/cli/exit.js';

interface DrawArguments {
  split: SplitName;
  pairs: number;
  seed: number;
  width: number;
  limit: number | undefined;
  out: string;
}

const drawing: CommandModule<object, DrawArguments> = {
  command: 'draw',
  describe: 'Draw pairs of outfits, ours next to a random one, on sheets and an HTML page',
  builder: (yargs) =>
    yargs
      .option('split', {
        choices: ['test', 'val'] as const,
        default: 'test' as const,
        describe: 'Split that the garments come from',
      })
      .option('pairs', { type: 'number', default: 60, describe: 'Number of pairs' })
      .option('seed', {
        type: 'number',
        default: 1,
        describe: 'Seed for the requests, the random outfits and the sides',
      })
      .option('width', { type: 'number', default: 240, describe: 'Width of one picture in pixels' })
      .option('limit', { type: 'number', describe: 'Use at most this many garments, for a quick run' })
      .option('out', { type: 'string', demandOption: true, describe: 'Folder for the sheets, the page and the key' }),
  handler: async ({ split, pairs, seed, width, limit, out }) => {
    const { panelPairs } = await import('./panel/panel.pairs.js');
    const { writePanel } = await import('./panel/panel.folder.js');
    const { panelProducts } = await import('./panel/panel.products.js');
    const products = await panelProducts(readConfig().trainingDataDir, split, limit);
    const drawn = await panelPairs({ products, pairs, seed, width, onStep: (step) => console.error(`${step} …`) });
    await writePanel(out, drawn, width);
    console.log(
      `${drawn.length} pairs in ${out}: compare them on index.html, or write "1 A", "2 B", "3 =" to answers.txt`,
    );
  },
};

const counting: CommandModule<object, { folder: string; answers: string | undefined }> = {
  command: 'count <folder>',
  describe: 'Count how often people preferred our outfits',
  builder: (yargs) =>
    yargs
      .positional('folder', { type: 'string', demandOption: true, describe: 'Folder that `panel draw` created' })
      .option('answers', { type: 'string', describe: 'File of answers; default answers.txt in the folder' }),
  handler: async ({ folder, answers }) => {
    const { ANSWERS_FILE, readKey } = await import('./panel/panel.folder.js');
    const { countPanel } = await import('./panel/panel.count.js');
    const file = answers ?? join(folder, ANSWERS_FILE);
    const text = await readFile(file, 'utf8').catch(() => {
      throw new CannotRun(`${file} is missing: it must hold a line for each pair, such as "1 A".`);
    });
    const { judged, ties, preferred, share, low, high } = countPanel(text, await readKey(folder));
    const interval = `${(100 * share).toFixed(0)} % [${(100 * low).toFixed(0)}, ${(100 * high).toFixed(0)}]`;
    console.log(
      `our outfit preferred in ${preferred} of ${judged - ties} pairs, ${interval} (95 %, Wilson); ${ties} ties`,
    );
  },
};

export const panelCommand: CommandModule = {
  command: 'panel',
  describe: 'Prepare and count a blind comparison of outfits with random outfits',
  builder: (yargs): Argv =>
    yargs.command(drawing).command(counting).demandCommand(1, 'Name a command of panel: draw, count.'),
  handler: () => undefined,
};
