// `fitroom evaluate`: measures the bundle's quality through the API on data that training has not seen.
import type { CommandModule } from 'yargs';
import { readConfig } from '../src/config.js';
import { GROUP_NAMES, type GroupName } from './evaluate/group.names.js';
import type { SplitName } from './evaluate/split.reader.js';
import { CannotRun } from '../src/cli/exit.js';

interface EvaluateArguments {
  split: SplitName;
  only: GroupName[] | undefined;
  limit: number | undefined;
  sample: number;
  json: string | undefined;
  queries: string | undefined;
  write: boolean;
}

export const evaluateCommand: CommandModule<object, EvaluateArguments> = {
  command: 'evaluate',
  describe: "Measure the bundle's quality through the API on the public data",
  builder: (yargs) =>
    yargs
      .option('split', { choices: ['test', 'val'] as const, default: 'test' as const, describe: 'Split to measure' })
      .option('only', { choices: GROUP_NAMES, type: 'string', array: true, describe: 'Groups of figures to measure' })
      .option('limit', { type: 'number', describe: 'Read at most this many rows of each file, for a quick run' })
      .option('sample', {
        type: 'number',
        default: 1000,
        describe: 'At most this many requests for each retrieval figure',
      })
      .option('json', { type: 'string', describe: 'File to write the figures to' })
      .option('queries', {
        type: 'string',
        describe: 'File of hand-written requests; default models/evaluation/queries.jsonl',
      })
      .option('write', { type: 'boolean', default: false, describe: "Store the figures in the bundle's manifest" })
      .check(({ limit, sample, write, split }) => {
        if (limit !== undefined && (!Number.isInteger(limit) || limit < 1))
          throw new CannotRun('--limit must be at least 1');
        if (!Number.isInteger(sample) || sample < 1) throw new CannotRun('--sample must be at least 1');
        if (write && (limit !== undefined || split !== 'test')) {
          throw new CannotRun('--write stores figures of the whole test split; remove --limit and --split val');
        }
        return true;
      })
      .example('$0 evaluate', 'every figure on the test split')
      .example('$0 evaluate --split val --only composed words', 'two groups, for choosing'),
  handler: runEvaluation,
};

async function runEvaluation(args: EvaluateArguments): Promise<void> {
  const { split, only, limit, sample, json, queries, write } = args;
  // Imported here because loading a whole server would slow down every other command.
  const { evaluate } = await import('./evaluate/evaluation.run.js');
  const { tableOf } = await import('./evaluate/figure.screen.js');
  const { noteRelease, storeFigures, writeReport } = await import('./evaluate/manifest.figures.js');
  const { QUERIES_FILE } = await import('./evaluate/query.figures.js');
  const { model, trainedAt, bundleDir, garments, sheets } = await evaluate({
    folder: readConfig().trainingDataDir,
    split,
    limit: limit ?? Infinity,
    sample,
    queriesFile: queries ?? QUERIES_FILE,
    groups: only ?? GROUP_NAMES,
    onStep: (step) => console.error(`${step} …`),
    onSheet: (sheet) => console.log(`\n${tableOf(sheet)}`),
  });
  console.log(`\n${model}, ${split} split, ${garments} garments; 95 % bootstrap intervals`);
  if (json !== undefined) await writeReport(json, { model, split, garments, at: new Date().toISOString() }, sheets);
  if (!write) return;
  const figures = sheets.flatMap((sheet) => sheet.figures);
  const metrics = await storeFigures(bundleDir, figures);
  const confusions = sheets.flatMap((sheet) => sheet.confusions);
  await noteRelease(bundleDir, { model, trainedAt, evaluatedAt: new Date().toISOString(), metrics, confusions });
  console.log(`${figures.length} figures stored in manifest.json and history.json of ${bundleDir}`);
}
