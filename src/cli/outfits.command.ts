// Command `fitroom looks`, which learns and resets the outfit weights of a store.
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

const learnCommand: CommandModule<object, ServerArguments & { dryRun: boolean }> = {
  command: 'learn',
  describe: 'Learn outfit weights from the feedback on outfit items; meant to run every night',
  builder: (yargs) =>
    withServer(yargs).option('dryRun', { type: 'boolean', default: false, describe: 'Only print the result' }),
  handler: async (args) => {
    const variables = { dryRun: args.dryRun };
    const { learnLookWeights } = await clientOf(args).call<{ learnLookWeights: Learned }>({ query: LEARN, variables });
    console.log(tableOf(learnLookWeights, args.dryRun));
  },
};

const resetCommand: CommandModule<object, ServerArguments> = {
  command: 'reset',
  describe: 'Restore the default weights',
  builder: (yargs) => withServer(yargs),
  handler: async (args) => {
    const { resetLookWeights } = await clientOf(args).call<{ resetLookWeights: boolean }>({
      query: 'mutation { resetLookWeights }',
    });
    console.log(resetLookWeights ? 'The learned weights were removed.' : 'The store had no learned weights.');
  },
};

export const outfitsCommand: CommandModule = {
  command: 'looks',
  describe: 'Learn or reset the outfit weights',
  builder: (yargs): Argv =>
    yargs.command(learnCommand).command(resetCommand).demandCommand(1, 'Specify a subcommand: learn or reset.'),
  handler: () => undefined,
};

function tableOf({ choices, before, learned, gain, error, isAdopted }: Learned, dryRun: boolean): string {
  const rows = before.map(({ name, value }, i) => [name, value.toFixed(2), learned[i]!.value.toFixed(2)]);
  const decision = isAdopted ? 'In use.' : dryRun ? 'Dry run: nothing was changed.' : 'Not used: no clear gain.';
  return [
    ...alignedRows([['', 'before', 'learned'], ...rows]),
    '',
    `${choices} choices; gain ${gain.toFixed(4)} ± ${error.toFixed(4)} log-likelihood per choice. ${decision}`,
  ].join('\n');
}
