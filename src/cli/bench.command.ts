// `fitroom bench`: runs the benchmark suite, which lies outside of what is built and shipped.
import type { CommandModule } from 'yargs';
import { EXIT } from './exit.js';
import { runSource } from './source.process.js';

interface BenchArguments {
  rounds: number;
  garments: number;
  pictureWidth: number;
  database: string | undefined;
  only: string | undefined;
}

export const benchCommand: CommandModule<object, BenchArguments> = {
  command: 'bench',
  describe: 'Measure latency and import against the bare models and database',
  builder: (yargs) =>
    yargs
      .option('rounds', { type: 'number', default: 5, describe: 'Rounds that the medians are taken over' })
      .option('garments', { type: 'number', default: 300, describe: 'Garments of one measured import' })
      .option('pictureWidth', { type: 'number', default: 384, describe: 'Width of their pictures in pixels' })
      .option('database', {
        type: 'string',
        describe: 'PostgreSQL address to write into; absent: an embedded database',
      })
      .option('only', {
        choices: ['shopper', 'import', 'looks'],
        describe: 'One part; looks only if named: they need --database, empty, and --garments 44000',
      }),
  handler: async ({ rounds, garments, pictureWidth, database, only }) => {
    const given = { rounds, garments, 'picture-width': pictureWidth, database, only };
    const options = Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}=${value}`],
    );
    const status = await runSource('bench/main.ts', options);
    process.exitCode = status === 0 ? EXIT.OK : EXIT.FAILED;
  },
};
