#!/usr/bin/env node
// The command line: names the commands, and turns what ends them into a message and an exit status.
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { StartupError } from '../errors.js';
import { drawCommand } from './draw.command.js';
import { CannotRun, EXIT } from './exit.js';
import { benchCommand } from './bench.command.js';
import { calibrateCommand } from './calibrate.command.js';
import { doctorCommand } from './doctor.command.js';
import { evaluateCommand } from './evaluate.command.js';
import { exportCommand } from './export.command.js';
import { goldenCommand } from './golden.command.js';
import { importCommand } from './import.command.js';
import { insightsCommand } from './insights.command.js';
import { keysCommand } from './keys.command.js';
import { looksCommand } from './looks.command.js';
import { learnCommand } from './learn.command.js';
import { modelsCommand } from './models.command.js';
import { panelCommand } from './panel.command.js';
import { workerCommand } from './worker.command.js';
import { storesCommand } from './stores.command.js';

const cli = yargs(hideBin(process.argv))
  .scriptName('fitroom')
  .usage('$0 <command>')
  .command(importCommand)
  .command(keysCommand)
  .command(storesCommand)
  .command(exportCommand)
  .command(goldenCommand)
  .command(learnCommand)
  .command(insightsCommand)
  .command(drawCommand)
  .command(modelsCommand)
  .command(workerCommand)
  .command(doctorCommand)
  .command(evaluateCommand)
  .command(calibrateCommand)
  .command(looksCommand)
  .command(panelCommand)
  .command(benchCommand)
  .demandCommand(1, 'Name a command.')
  .strict()
  .version(false)
  .wrap(Math.min(110, process.stdout.columns ?? 110))
  .fail((message, error, self) => {
    if (error) throw error;
    console.error(`${message}\n`);
    self.showHelp('error');
    process.exit(EXIT.CANNOT_RUN);
  });

try {
  await cli.parseAsync();
} catch (error) {
  process.exitCode = EXIT.CANNOT_RUN;
  const isExpected = error instanceof CannotRun || error instanceof StartupError;
  console.error(isExpected ? error.message : error);
}
