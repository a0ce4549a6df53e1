// `fitroom import`: a catalog of tar files and folders into a running server. Owns the options; the work is in import/.
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CommandModule } from 'yargs';
import type { ApiClient } from './api.client.js';
import { CannotRun, EXIT, type ExitStatus } from './exit.js';
import { importCatalog } from './import/catalog.import.js';
import { SourceUnreadable, type CatalogSource } from './import/catalog.source.js';
import { openFolder } from './import/folder.source.js';
import { startProgress, summaryOf } from './import/import.screen.js';
import { ImportTally } from './import/import.tally.js';
import { openTar } from './import/tar.source.js';
import { clientOf, withServer, type ServerArguments } from './server.options.js';

interface ImportArguments extends ServerArguments {
  paths: string[];
  format: 'image-tar' | 'folder' | undefined;
  concurrency: number;
  limit: number | undefined;
  'dry-run': boolean;
}

export const importCommand: CommandModule<object, ImportArguments> = {
  command: 'import <paths..>',
  describe: 'Store the garments of tar files and folders through the API',
  builder: (yargs) =>
    withServer(yargs)
      .positional('paths', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'A tar with metadata.jsonl and pictures, or a folder of that shape',
      })
      .option('format', {
        choices: ['image-tar', 'folder'] as const,
        describe: 'What the paths are; by default, as found',
      })
      .option('concurrency', {
        type: 'number',
        default: 3,
        describe: 'Calls of up to 100 garments under way at once, 1 to 16',
      })
      .option('limit', { type: 'number', describe: 'Most rows to take of each path' })
      .option('dry-run', { type: 'boolean', default: false, describe: 'Check everything, store nothing' })
      .check(({ concurrency, limit }) => {
        if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 16)
          throw new CannotRun('--concurrency is 1 to 16');
        if (limit !== undefined && (!Number.isInteger(limit) || limit < 1))
          throw new CannotRun('--limit is at least 1');
        return true;
      })
      .example('$0 import ../shared/data/fashion-products-val.tar', 'the public data set, thumbnails')
      .example('$0 import ./autumn --dry-run', 'a folder, only checked'),
  handler: async (args) => {
    process.exitCode = await runImport(args);
  },
};

async function runImport(args: ImportArguments): Promise<ExitStatus> {
  const api = clientOf(args);
  // every path and the server are tried before the first garment is sent
  const sources = await Promise.all(args.paths.map(async (path) => ({ path, source: await openSource(path, args) })));
  await api.call({ query: '{ model { id } }' });

  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  const tally = new ImportTally();
  try {
    // one after the other: a sku that stands in two of them ends as the later says
    for (const { path, source } of sources) await importSource(api, source, { path, tally, args, signal: stop.signal });
  } finally {
    process.removeListener('SIGINT', interrupt);
    console.log(summaryOf(tally.count(), args['dry-run']));
  }
  if (stop.signal.aborted) {
    console.error('Interrupted. The same command again stores the rest; what is stored already stays as it is.');
    return EXIT.INTERRUPTED;
  }
  return tally.count().failed > 0 ? EXIT.FAILED : EXIT.OK;
}

interface Run {
  path: string;
  tally: ImportTally;
  args: ImportArguments;
  signal: AbortSignal;
}

async function importSource(api: ApiClient, source: CatalogSource, { path, tally, args, signal }: Run): Promise<void> {
  if (signal.aborted) return;
  const doneBefore = tally.done;
  const progress = startProgress(basename(path), source.total, process.stderr);
  try {
    await importCatalog(api, source, {
      concurrency: args.concurrency,
      dryRun: args['dry-run'],
      signal,
      onOutcome(outcome) {
        tally.add(outcome);
        progress.update(tally.done - doneBefore);
      },
    });
  } finally {
    progress.stop();
  }
}

async function openSource(path: string, { format, limit }: ImportArguments): Promise<CatalogSource> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new SourceUnreadable(`${path} cannot be read (${error.code}).`, { cause: error });
  });
  const isFolder = format === undefined ? found.isDirectory() : format === 'folder';
  if (isFolder !== found.isDirectory()) {
    throw new SourceUnreadable(`${path} is a ${found.isDirectory() ? 'folder' : 'file'}; --format says ${format}.`);
  }
  return isFolder ? openFolder(path, limit) : openTar(path, limit);
}
