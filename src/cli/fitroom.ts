#!/usr/bin/env node
// Entry point of the command line `fitroom`, with the list of its commands.
import { hideBin } from 'yargs/helpers';
import { benchCommand } from './bench.command.js';
import { runCommandLine } from './command.line.js';
import { doctorCommand } from './doctor.command.js';
import { exportCommand } from './export.command.js';
import { goldenCommand } from './golden.command.js';
import { importCommand } from './import.command.js';
import { insightsCommand } from './insights.command.js';
import { keysCommand } from './keys.command.js';
import { learnCommand } from './learn.command.js';
import { outfitsCommand } from './outfits.command.js';
import { modelsCommand } from './models.command.js';
import { storesCommand } from './stores.command.js';
import { isToolCommand, runToolCommand, toolCommands } from './tool.commands.js';
import { workerCommand } from './worker.command.js';

const args = hideBin(process.argv);

if (isToolCommand(args)) await runToolCommand(args);
else
  await runCommandLine(
    [
      importCommand,
      keysCommand,
      storesCommand,
      exportCommand,
      goldenCommand,
      learnCommand,
      insightsCommand,
      modelsCommand,
      workerCommand,
      doctorCommand,
      outfitsCommand,
      benchCommand,
      ...toolCommands,
    ],
    args,
  );
