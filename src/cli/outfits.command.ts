// `fitroom looks`: what a store's looks are judged by, learned from its shoppers. Owns the options and the table.
import type { Argv, CommandModule } from 'yargs';
import { alignedRows } from './table.js';
import { clientOf, withServer, type ServerArguments } from './server.options.js';

interface Learned {
  choices: number;
  before: { name: string; value: number }[];
  learned: { name: string; value: number }[];
  gain: number;
  error: number;
  isAdopted: boolean;
}

const LEARN = `mutation Learn($dryRun: Boolean) {
  learnLookWeights(dryRun: $dryRun) { choices before { name value } learned { name value } gain error isAdopted }
}`;

const learning: CommandModule<object, ServerArguments & { dryRun: boolean }> = {
  command: 'learn',
  describe: 'Learn from what shoppers did with pieces of looks; a job for every night',
  builder: (yargs) =>
    withServer(yargs).option('dryRun', { type: 'boolean', default: false, describe: 'Only say what would come of it' }),
  handler: async (args) => {
    const variables = { dryRun: args.dryRun };
    const { learnLookWeights } = await clientOf(args).call<{ learnLookWeights: Learned }>({ query: LEARN, variables });
    console.log(tableOf(learnLookWeights, args.dryRun));
  },
};

const resetting: CommandModule<object, ServerArguments> = {
  command: 'reset',
  describe: 'Back to the weights that every store begins with',
  builder: (yargs) => withServer(yargs),
  handler: async (args) => {
    const { resetLookWeights } = await clientOf(args).call<{ resetLookWeights: boolean }>({
      query: 'mutation { resetLookWeights }',
    });
    console.log(resetLookWeights ? 'Given up what was learned.' : 'Nothing was learned.');
  },
};

export const outfitsCommand: CommandModule = {
  command: 'looks',
  describe: 'What looks are judged by',
  builder: (yargs): Argv =>
    yargs.command(learning).command(resetting).demandCommand(1, 'Name what to do: learn, reset.'),
  handler: () => undefined,
};

function tableOf({ choices, before, learned, gain, error, isAdopted }: Learned, dryRun: boolean): string {
  const rows = before.map(({ name, value }, i) => [name, value.toFixed(2), learned[i]!.value.toFixed(2)]);
  const verdict = isAdopted ? 'Adopted.' : dryRun ? 'A dry run: nothing is changed.' : 'Not adopted: no clear gain.';
  return [
    ...alignedRows([['', 'before', 'learned'], ...rows]),
    '',
    `${choices} choices; gain ${gain.toFixed(4)} ± ${error.toFixed(4)} log-likelihood a choice. ${verdict}`,
  ].join('\n');
}
