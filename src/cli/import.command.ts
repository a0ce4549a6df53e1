// `fitroom import`: catalog files, their addresses, and folders into a running server. Owns the options; the work is in import/.
import { createReadStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CommandModule } from 'yargs';
import type { CatalogFormat } from '../domain/catalog/catalog.import.js';
import { compareGolden } from '../domain/analytics/golden.query.js';
import type { ApiClient } from './api.client.js';
import { CannotRun, EXIT, type ExitStatus } from './exit.js';
import { goldenRanks } from './golden.changes.js';
import { importCatalog } from './import/catalog.import.js';
import { SourceUnreadable, type CatalogSource } from './import/catalog.source.js';
import { openFolder } from './import/folder.source.js';
import { startProgress, summaryOf, type Progress } from './import/import.screen.js';
import { ImportTally } from './import/import.tally.js';
import { importByServer, type ServerImportSource } from './import/server.import.js';
import { restoreSettings } from './import/settings.restore.js';
import { clientOf, withServer, type ServerArguments } from './server.options.js';

const FORMATS = {
  'google-products': 'GOOGLE_PRODUCTS',
  'shopify-csv': 'SHOPIFY_CSV',
  'json-lines': 'JSON_LINES',
  'image-tar': 'IMAGE_TAR',
  folder: null,
} as const satisfies Record<string, CatalogFormat | null>;
type FormatName = keyof typeof FORMATS;

interface ImportArguments extends ServerArguments {
  paths: string[];
  format: FormatName | undefined;
  currency: string | undefined;
  concurrency: number;
  limit: number | undefined;
  'dry-run': boolean;
}

export const importCommand: CommandModule<object, ImportArguments> = {
  command: 'import <paths..>',
  describe: 'Store the garments of catalog files, addresses and folders through the API',
  builder: (yargs) =>
    withServer(yargs)
      .positional('paths', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'A Google or Shopify feed, JSON lines or a tar, or its address; or a folder with metadata.jsonl',
      })
      .option('format', {
        choices: Object.keys(FORMATS) as FormatName[],
        describe: 'What the paths are; by default, as found',
      })
      .option('currency', { type: 'string', describe: 'Of prices that name none: EUR. Needed for shopify-csv' })
      .option('concurrency', {
        type: 'number',
        default: 3,
        describe: 'For folders: calls of up to 100 garments under way at once, 1 to 16',
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
      .example('$0 import products_export.csv --currency EUR', 'a Shopify export')
      .example(
        '$0 import https://shop.example/feed.xml --dry-run',
        'a Google feed, fetched by the server, only checked',
      ),
  handler: async (args) => {
    process.exitCode = await runImport(args);
  },
};

/** A path that was found, and who reads it: this command a folder, the server everything else. */
type Found = { path: string } & ({ folder: CatalogSource } | { open: () => ServerImportSource });

interface Run {
  tally: ImportTally;
  args: ImportArguments;
  signal: AbortSignal;
}

async function runImport(args: ImportArguments): Promise<ExitStatus> {
  const api = clientOf(args);
  // every path and the server are tried before the first garment is sent
  const found = await Promise.all(args.paths.map((path) => find(path, args)));
  await api.call({ query: '{ model { id } }' });

  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  const run: Run = { tally: new ImportTally(), args, signal: stop.signal };
  try {
    // one after the other: a sku that stands in two of them ends as the later says
    for (const one of found) await (stop.signal.aborted ? undefined : importOne(api, one, run));
  } finally {
    process.removeListener('SIGINT', interrupt);
    console.log(summaryOf(run.tally.count(), args['dry-run']));
  }
  if (stop.signal.aborted) {
    console.error('Interrupted. The same command again stores the rest; what is stored already stays as it is.');
    return EXIT.INTERRUPTED;
  }
  const areRestored = await restoreAll(api, args);
  return run.tally.count().failed > 0 || !areRestored ? EXIT.FAILED : EXIT.OK;
}

/** Rules and golden queries of exports, after their garments. @returns whether every one was taken */
async function restoreAll(api: ApiClient, { paths, 'dry-run': dryRun }: ImportArguments): Promise<boolean> {
  let areAll = true;
  for (const path of paths) {
    for (const { kind, restored, failures } of await restoreSettings(api, path, dryRun)) {
      console.log(`${kind.name}: ${restored}${dryRun ? ' to restore' : ' restored'}`);
      for (const failure of failures) console.log(`  ${failure}`);
      areAll &&= failures.length === 0;
    }
  }
  return areAll;
}

async function find(path: string, { format, limit }: ImportArguments): Promise<Found> {
  if (/^https?:\/\//.test(path)) return { path, open: () => ({ url: path }) };
  const unreadable = (error: NodeJS.ErrnoException): never => {
    throw new SourceUnreadable(`${path} cannot be read (${error.code}).`, { cause: error });
  };
  const isFolder = (await stat(path).catch(unreadable)).isDirectory();
  await access(path).catch(unreadable);
  if (format !== undefined && isFolder !== (format === 'folder')) {
    throw new SourceUnreadable(`${path} is a ${isFolder ? 'folder' : 'file'}; --format says ${format}.`);
  }
  return isFolder
    ? { path, folder: await openFolder(path, limit) }
    : { path, open: () => ({ bytes: createReadStream(path, { highWaterMark: 256 * 1024 }) }) };
}

function importOne(api: ApiClient, found: Found, run: Run): Promise<void> {
  return 'folder' in found
    ? importFolder(api, found.folder, found.path, run)
    : importFile(api, found.open(), found.path, run);
}

async function importFile(api: ApiClient, source: ServerImportSource, path: string, run: Run): Promise<void> {
  const { format, currency, limit, 'dry-run': dryRun } = run.args;
  let progress: Progress | undefined;
  try {
    const count = await importByServer(api, source, {
      format: format ? FORMATS[format] : null,
      currency: currency ?? null,
      limit: limit ?? null,
      dryRun,
      signal: run.signal,
      onProgress(done, total) {
        progress ??= startProgress(basename(path), total, process.stderr);
        progress.update(done);
      },
    });
    run.tally.addCounted(count);
  } finally {
    progress?.stop();
  }
}

async function importFolder(api: ApiClient, source: CatalogSource, path: string, run: Run): Promise<void> {
  const { tally, args, signal } = run;
  const doneBefore = tally.done;
  const before = args['dry-run'] ? [] : await goldenRanks(api);
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
  if (before.length > 0) tally.addGolden(compareGolden(before, await goldenRanks(api)));
}
