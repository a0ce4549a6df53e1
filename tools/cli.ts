// Command line of the offline tools: `fitroom draw`, `evaluate`, `calibrate` and `panel`.
import { hideBin } from 'yargs/helpers';
import { runCommandLine } from '../src/cli/command.line.js';
import { calibrateCommand } from './calibrate.command.js';
import { drawCommand } from './draw.command.js';
import { evaluateCommand } from './evaluate.command.js';
import { panelCommand } from './panel.command.js';

await runCommandLine([drawCommand, evaluateCommand, calibrateCommand, panelCommand], hideBin(process.argv));
