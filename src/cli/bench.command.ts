// Command `fitroom bench`, which runs the benchmark suite from the sources.
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
  describe: 'Compare latency and import speed with the bare models and database',
  builder: (yargs) =>
    yargs
      .option('rounds', { type: 'number', default: 5, describe: 'Number of rounds; results are medians over them' })
      .option('garments', { type: 'number', default: 300, describe: 'Number of garments in one measured import' })
      .option('pictureWidth', { type: 'number', default: 384, describe: 'Width of their pictures in pixels' })
      .option('database', {
        type: 'string',
        describe: 'PostgreSQL URL to write to; default: an embedded database',
      })
      .option('only', {
        choices: ['shopper', 'import', 'looks'],
        describe: 'Run one part only; looks runs only if named and needs an empty --database and --garments 44000',
      }),
  handler: async ({ rounds, garments, pictureWidth, database, only }) => {
    const values = { rounds, garments, 'picture-width': pictureWidth, database, only };
    const options = Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}=${value}`],
    );
    const status = await runSource('bench/main.ts', options);
    process.exitCode = status === 0 ? EXIT.OK : EXIT.FAILED;
  },
};
