// Command line frame: parses arguments and turns failures into a message and an exit status.
import type { CommandModule } from 'yargs';
import yargs from 'yargs';
import { StartupError } from '../errors.js';
import { CannotRun, EXIT } from './exit.js';

/** Runs the command that the arguments name and sets the exit status of the process. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each command has arguments of its own type
export async function runCommandLine(commands: CommandModule<object, any>[], args: string[]): Promise<void> {
  const cli = yargs(args)
    .scriptName('fitroom')
    .usage('$0 <command>')
    .demandCommand(1, 'Specify a command.')
    .strict()
    .version(false)
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .fail((message, error, self) => {
      if (error) throw error;
      console.error(`${message}\n`);
      self.showHelp('error');
      process.exit(EXIT.CANNOT_RUN);
    });
  for (const command of commands) cli.command(command);
  await reportFailure(() => cli.parseAsync());
}

/** Runs a command. Prints a failure to standard error and sets the exit status. */
export async function reportFailure(command: () => Promise<unknown>): Promise<void> {
  endQuietlyWithoutReader();
  try {
    await command();
  } catch (error) {
    process.exitCode = EXIT.CANNOT_RUN;
    const isExpected = error instanceof CannotRun || error instanceof StartupError;
    console.error(isExpected ? error.message : error);
  }
}

/** Ends the process without a stack trace when the reader closes the pipe early, as in `fitroom … | head`. */
function endQuietlyWithoutReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
}
