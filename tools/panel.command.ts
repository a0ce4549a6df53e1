// `fitroom panel`: looks of this server beside looks by chance, for people to judge who are not told which is which. Owns the
// options; the work is in panel/.
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
  describe: 'Draw pairs of looks, ours beside one by chance, on sheets and a page',
  builder: (yargs) =>
    yargs
      .option('split', { choices: ['test', 'val'] as const, default: 'test' as const, describe: 'Whose garments' })
      .option('pairs', { type: 'number', default: 60, describe: 'How many' })
      .option('seed', { type: 'number', default: 1, describe: 'Of requests, rivals and sides' })
      .option('width', { type: 'number', default: 240, describe: 'Of one picture, in pixels' })
      .option('limit', { type: 'number', describe: 'Most garments, for a quick look' })
      .option('out', { type: 'string', demandOption: true, describe: 'Folder for sheets, page and key' }),
  handler: async ({ split, pairs, seed, width, limit, out }) => {
    const { panelPairs } = await import('./panel/panel.pairs.js');
    const { writePanel } = await import('./panel/panel.folder.js');
    const { panelProducts } = await import('./panel/panel.products.js');
    const products = await panelProducts(readConfig().trainingDataDir, split, limit);
    const drawn = await panelPairs({ products, pairs, seed, width, onStep: (step) => console.error(`${step} …`) });
    await writePanel(out, drawn, width);
    console.log(
      `${drawn.length} pairs in ${out}: judge them on index.html, or write "1 A", "2 B", "3 =" to answers.txt`,
    );
  },
};

const counting: CommandModule<object, { folder: string; answers: string | undefined }> = {
  command: 'count <folder>',
  describe: 'Count what was preferred',
  builder: (yargs) =>
    yargs
      .positional('folder', { type: 'string', demandOption: true, describe: 'What `panel draw` made' })
      .option('answers', { type: 'string', describe: 'File of answers; answers.txt in the folder' }),
  handler: async ({ folder, answers }) => {
    const { ANSWERS_FILE, readKey } = await import('./panel/panel.folder.js');
    const { countPanel } = await import('./panel/panel.count.js');
    const file = answers ?? join(folder, ANSWERS_FILE);
    const text = await readFile(file, 'utf8').catch(() => {
      throw new CannotRun(`${file} is missing: it holds a line for each pair, such as "1 A".`);
    });
    const { judged, ties, preferred, share, low, high } = countPanel(text, await readKey(folder));
    const interval = `${(100 * share).toFixed(0)} % [${(100 * low).toFixed(0)}, ${(100 * high).toFixed(0)}]`;
    console.log(`ours preferred in ${preferred} of ${judged - ties} pairs, ${interval} (95 %, Wilson); ${ties} ties`);
  },
};

export const panelCommand: CommandModule = {
  command: 'panel',
  describe: 'A blind comparison of looks with looks by chance',
  builder: (yargs): Argv =>
    yargs.command(drawing).command(counting).demandCommand(1, 'Name a command of panel: draw, count.'),
  handler: () => undefined,
};
