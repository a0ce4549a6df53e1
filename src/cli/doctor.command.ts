// `fitroom doctor`: says whether fitroom can run here as it is set up, and what to do where it cannot. Changes nothing.
import type { CommandModule } from 'yargs';
import { readConfig } from '../config.js';
import { findingLines, type Verdict } from './doctor/finding.js';
import { EXIT } from './exit.js';

export const doctorCommand: CommandModule = {
  command: 'doctor',
  describe: 'Check what fitroom needs, and say what to do',
  handler: async () => {
    // loaded here: the checks bring models, database and picture decoder along, which no other command should wait for
    const { examine } = await import('./doctor/examination.js');
    const verdicts: Verdict[] = [];
    // wrong settings end the command here, naming each
    for await (const finding of examine(readConfig())) {
      console.log(findingLines(finding));
      verdicts.push(finding.verdict);
    }
    const wrong = verdicts.filter((verdict) => verdict === 'wrong').length;
    console.log(wrong === 0 ? '\nfitroom can run here: npm start' : `\n${wrong} to put right first.`);
    process.exitCode = wrong === 0 ? EXIT.OK : EXIT.FAILED;
  },
};
