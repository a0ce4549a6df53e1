// Command `fitroom export`, which writes a store to an archive that `fitroom import` can read.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { CommandModule } from 'yargs';
import { CannotRun, EXIT } from './exit.js';
import { TAR_NAME } from './export/store.settings.js';
import { exportCatalog, type ExportCount } from './export/catalog.export.js';
import { startProgress, type Progress } from './import/import.screen.js';
import { clientOf, withServer, type ServerArguments } from './server.options.js';

interface ExportArguments extends ServerArguments {
  target: string;
}

export const exportCommand: CommandModule<object, ExportArguments> = {
  command: 'export <target>',
  describe: 'Write garments, pictures, rules, golden queries and logged recommendations to a tar that import can read',
  builder: (yargs) =>
    withServer(yargs)
      .positional('target', { type: 'string', demandOption: true, describe: 'File to write: .tar or .tar.gz' })
      .check(({ target }) => {
        if (!TAR_NAME.test(String(target))) throw new CannotRun('The target must end with .tar or .tar.gz.');
        if (existsSync(String(target))) throw new CannotRun(`${target} already exists. Choose another file name.`);
        return true;
      })
      .example('$0 export autumn.tar.gz', 'the store of a server on this machine'),
  handler: runExport,
};

async function runExport({ target, ...server }: ExportArguments): Promise<void> {
  const api = clientOf(server);
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  let progress: Progress | undefined;
  try {
    const count = await exportCatalog(api, target, {
      signal: stop.signal,
      onProgress(done, total) {
        progress ??= startProgress(basename(target), total, process.stderr);
        progress.update(done);
      },
    });
    progress?.stop();
    console.log(count === null ? 'Interrupted. No file was written.' : summaryOf(count));
    if (count === null) process.exitCode = EXIT.INTERRUPTED;
  } finally {
    progress?.stop();
    process.removeListener('SIGINT', interrupt);
  }
}

function summaryOf({ garments, pictures, answers, settings }: ExportCount): string {
  const lines = Object.entries({ garments, pictures, answers, ...settings });
  return lines.map(([name, count]) => `${name.padEnd(14)} ${count.toLocaleString('en-US')}`).join('\n');
}
