// Command `fitroom golden`, which runs the golden queries of a store and prints their results.
import type { CommandModule } from 'yargs';
import { alignedRows } from './table.js';
import { EXIT } from './exit.js';
import { clientOf, withServer, type ServerArguments } from './server.options.js';

interface GoldenRank {
  sku: string;
  rank: number | null;
}

interface GoldenQuery {
  name: string;
  within: number;
  result: { passed: boolean; found: GoldenRank[]; missing: GoldenRank[]; problem: { code: string } | null };
}

const RUN = `{ goldenQueries {
  name within result { passed found { sku rank } missing { sku rank } problem { code } }
} }`;

export const goldenCommand: CommandModule<object, ServerArguments> = {
  command: 'golden',
  describe: 'Run the golden queries of the store; fails if an expected garment is not near the top',
  builder: (yargs) => withServer(yargs),
  handler: async (args) => {
    const api = clientOf(args);
    const { goldenQueries } = await api.callPatiently<{ goldenQueries: GoldenQuery[] }>({ query: RUN });
    console.log(tableOf(goldenQueries));
    process.exitCode = goldenQueries.every(({ result }) => result.passed) ? EXIT.OK : EXIT.FAILED;
  },
};

function tableOf(queries: readonly GoldenQuery[]): string {
  if (queries.length === 0) return 'No golden query is pinned. The mutation `pinGoldenQuery` pins one.';
  const failed = queries.filter(({ result }) => !result.passed).length;
  const lines = alignedRows(queries.map(cellsOf)).flatMap((line, i) => [line, ...missingLines(queries[i]!)]);
  return [...lines, '', failed === 0 ? `All ${queries.length} pass.` : `${failed} of ${queries.length} fail.`].join(
    '\n',
  );
}

function cellsOf({ name, within, result }: GoldenQuery): string[] {
  const { passed, found, missing } = result;
  return [
    `${passed ? '✓' : '✗'} ${name}`,
    `${found.length} of ${found.length + missing.length}`,
    `in the first ${within}`,
  ];
}

function missingLines({ result: { missing, problem } }: GoldenQuery): string[] {
  if (problem) return [`    refused: ${problem.code}`];
  return missing.map(({ sku, rank }) => `    ${sku}: ${rank === null ? 'not in the ranking' : `at ${rank}`}`);
}
