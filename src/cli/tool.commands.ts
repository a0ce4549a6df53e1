// Commands in tools/, which the build leaves out. Each runs from its sources in a separate process.
import type { CommandModule } from 'yargs';
import { reportFailure } from './command.line.js';
import { runSource } from './source.process.js';

/** Commands of tools/cli.ts, as `fitroom --help` lists them. */
const DESCRIPTIONS: Record<string, string> = {
  draw: 'Write drawn garments as a folder with metadata.jsonl, or the sample catalog',
  evaluate: 'Measure the quality of the bundle through the API, on the public data',
  calibrate: 'Calibrate the confidence of the bundle on the validation split and store it in its manifest',
  panel: 'Prepare and evaluate a blind comparison of outfits with random outfits',
};

export const toolCommands: CommandModule[] = Object.entries(DESCRIPTIONS).map(([command, describe]) => ({
  command,
  describe,
  handler: () => undefined,
}));

export function isToolCommand([command]: string[]): boolean {
  return command !== undefined && command in DESCRIPTIONS;
}

/** Passes the arguments to tools/cli.ts, which defines their options. Sets the exit status of the process. */
export async function runToolCommand(args: string[]): Promise<void> {
  await reportFailure(async () => {
    process.exitCode = await runSource('tools/cli.ts', args);
  });
}
