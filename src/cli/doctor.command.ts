// Command `fitroom doctor`, which checks the setup and says how to fix problems. It changes nothing.
import type { CommandModule } from 'yargs';
import { readConfig } from '../config.js';
import { findingLines, type Verdict } from './doctor/finding.js';
import { EXIT } from './exit.js';

export const doctorCommand: CommandModule = {
  command: 'doctor',
  describe: 'Check the setup and say how to fix problems',
  handler: async () => {
    // imported here because the checks load models, database and picture decoder, which would slow down other commands
    const { examine } = await import('./doctor/examination.js');
    const verdicts: Verdict[] = [];
    // invalid settings end the command here with a message for each
    for await (const finding of examine(readConfig())) {
      console.log(findingLines(finding));
      verdicts.push(finding.verdict);
    }
    const wrong = verdicts.filter((verdict) => verdict === 'wrong').length;
    console.log(wrong === 0 ? '\nfitroom can run here: npm start' : `\nProblems to fix first: ${wrong}.`);
    process.exitCode = wrong === 0 ? EXIT.OK : EXIT.FAILED;
  },
};
