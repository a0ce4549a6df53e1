// Command `fitroom learn`, which learns ranking weights from shopper choices and switches between versions.
import type { CommandModule } from 'yargs';
import { alignedRows } from './table.js';
import { clientOf, withServer, type ServerArguments } from './server.options.js';
import { printUserErrors, type UserError } from './user.errors.js';

interface LearnedRanking {
  version: number;
  trainedAt: string;
  inUse: boolean;
  weights: { contribution: string; weight: number }[];
  report: { answers: number; choices: number; before: number; after: number; low: number; high: number };
}

interface LearnArguments extends ServerArguments {
  list: boolean;
  use: number | undefined;
  off: boolean;
}

const FIELDS = `version trainedAt inUse weights { contribution weight }
  report { answers choices before after low high }`;

export const learnCommand: CommandModule<object, LearnArguments> = {
  command: 'learn',
  describe: 'Learn ranking weights from the choices of shoppers, and use them if they are better',
  builder: (yargs) =>
    withServer(yargs)
      .option('list', { type: 'boolean', default: false, describe: 'Only list the learned versions' })
      .option('use', { type: 'number', describe: 'Rank with this version' })
      .option('off', { type: 'boolean', default: false, describe: 'Rank without learned weights' })
      .conflicts({ use: ['off', 'list'], off: 'list' }),
  handler: async (args) => {
    if (args.list) return list(args);
    return args.use !== undefined || args.off ? use(args) : learn(args);
  },
};

async function learn(args: ServerArguments): Promise<void> {
  const { learnRanking } = await clientOf(args).call<{ learnRanking: { learnedRanking: LearnedRanking | null } }>({
    query: `mutation { learnRanking { learnedRanking { ${FIELDS} } } }`,
  });
  const learned = learnRanking.learnedRanking;
  if (!learned) return console.log('There are too few choices to learn from. About 300 are needed.');
  console.log(alignedRows([cellsOf(learned)]).join('\n'));
  for (const { contribution, weight } of learned.weights) console.log(`    ${contribution}: ${weight.toFixed(2)}`);
}

async function list(args: ServerArguments): Promise<void> {
  const { learnedRankings } = await clientOf(args).call<{ learnedRankings: LearnedRanking[] }>({
    query: `{ learnedRankings { ${FIELDS} } }`,
  });
  if (learnedRankings.length === 0) return console.log('The store has no learned version yet.');
  console.log(alignedRows(learnedRankings.map(cellsOf)).join('\n'));
}

async function use({ use: version, ...args }: LearnArguments): Promise<void> {
  const { useLearnedRanking } = await clientOf(args).call<{ useLearnedRanking: { userErrors: UserError[] } }>({
    query: 'mutation ($version: Int) { useLearnedRanking(version: $version) { userErrors { code message } } }',
    variables: { version: version ?? null },
  });
  if (printUserErrors(useLearnedRanking.userErrors)) return;
  console.log(version === undefined ? 'Requests are ranked without learned weights.' : `Version ${version} is in use.`);
}

function cellsOf({ version, trainedAt, inUse, report }: LearnedRanking): string[] {
  const { answers, choices, before, after, low, high } = report;
  const signed = (value: number): string => (value < 0 ? '−' : '+') + Math.abs(value).toFixed(4);
  return [
    `${inUse ? '●' : '○'} ${version}`,
    trainedAt.slice(0, 16).replace('T', ' '),
    `${answers} recommendations, ${choices} choices`,
    `gain ${before.toFixed(4)} → ${after.toFixed(4)} (${signed(low)} to ${signed(high)})`,
    inUse ? 'in use' : 'not in use',
  ];
}
