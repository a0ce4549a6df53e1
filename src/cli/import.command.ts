// Command `fitroom import`, which imports catalog files, URLs and folders into a running server.
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
  describe: 'Import the garments of catalog files, URLs and folders through the API',
  builder: (yargs) =>
    withServer(yargs)
      .positional('paths', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'A Google or Shopify feed, JSON lines or a tar, as a file or URL; or a folder with metadata.jsonl',
      })
      .option('format', {
        choices: Object.keys(FORMATS) as FormatName[],
        describe: 'Format of the paths; default: detected',
      })
      .option('currency', {
        type: 'string',
        describe: 'Currency of prices without one, for example EUR; required for shopify-csv',
      })
      .option('concurrency', {
        type: 'number',
        default: 3,
        describe: 'For folders: number of parallel calls of up to 100 garments, 1 to 16',
      })
      .option('limit', { type: 'number', describe: 'Maximum number of rows to import from each path' })
      .option('dry-run', { type: 'boolean', default: false, describe: 'Check everything, store nothing' })
      .check(({ concurrency, limit }) => {
        if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 16)
          throw new CannotRun('--concurrency must be from 1 to 16.');
        if (limit !== undefined && (!Number.isInteger(limit) || limit < 1))
          throw new CannotRun('--limit must be at least 1.');
        return true;
      })
      .example('$0 import ../shared/data/fashion-products-val.tar', 'the public data set, with thumbnails')
      .example('$0 import products_export.csv --currency EUR', 'a Shopify export')
      .example(
        '$0 import https://shop.example/feed.xml --dry-run',
        'a Google feed that the server downloads and only checks',
      ),
  handler: async (args) => {
    process.exitCode = await runImport(args);
  },
};

/** A path that exists. This command reads a folder itself; the server reads everything else. */
type ImportPath = { path: string } & ({ folder: CatalogSource } | { open: () => ServerImportSource });

interface Run {
  tally: ImportTally;
  args: ImportArguments;
  signal: AbortSignal;
}

async function runImport(args: ImportArguments): Promise<ExitStatus> {
  const api = clientOf(args);
  // checks every path and the server before the first garment is sent
  const items = await Promise.all(args.paths.map((path) => openPath(path, args)));
  await api.call({ query: '{ model { id } }' });

  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  const run: Run = { tally: new ImportTally(), args, signal: stop.signal };
  try {
    // in sequence, so that for a SKU in two sources the later source wins
    for (const item of items) await (stop.signal.aborted ? undefined : importItem(api, item, run));
  } finally {
    process.removeListener('SIGINT', interrupt);
    console.log(summaryOf(run.tally.count(), args['dry-run']));
  }
  if (stop.signal.aborted) {
    console.error('Interrupted. Run the same command again to store the rest; stored garments remain.');
    return EXIT.INTERRUPTED;
  }
  const isRestored = await restoreAll(api, args);
  return run.tally.count().failed > 0 || !isRestored ? EXIT.FAILED : EXIT.OK;
}

/** Restores the rules and golden queries of exports after their garments. Returns true if all were saved. */
async function restoreAll(api: ApiClient, { paths, 'dry-run': dryRun }: ImportArguments): Promise<boolean> {
  let allRestored = true;
  for (const path of paths) {
    for (const { kind, restored, failures } of await restoreSettings(api, path, dryRun)) {
      console.log(`${kind.name}: ${restored}${dryRun ? ' to restore' : ' restored'}`);
      for (const failure of failures) console.log(`  ${failure}`);
      allRestored &&= failures.length === 0;
    }
  }
  return allRestored;
}

async function openPath(path: string, { format, limit }: ImportArguments): Promise<ImportPath> {
  if (/^https?:\/\//.test(path)) return { path, open: () => ({ url: path }) };
  const unreadable = (error: NodeJS.ErrnoException): never => {
    throw new SourceUnreadable(`${path} cannot be read (${error.code}).`, { cause: error });
  };
  const isFolder = (await stat(path).catch(unreadable)).isDirectory();
  await access(path).catch(unreadable);
  if (format !== undefined && isFolder !== (format === 'folder')) {
    throw new SourceUnreadable(`${path} is a ${isFolder ? 'folder' : 'file'}, but --format is ${format}.`);
  }
  return isFolder
    ? { path, folder: await openFolder(path, limit) }
    : { path, open: () => ({ bytes: createReadStream(path, { highWaterMark: 256 * 1024 }) }) };
}

function importItem(api: ApiClient, item: ImportPath, run: Run): Promise<void> {
  return 'folder' in item
    ? importFolder(api, item.folder, item.path, run)
    : importFile(api, item.open(), item.path, run);
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
  const ranksBefore = args['dry-run'] ? [] : await goldenRanks(api);
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
  if (ranksBefore.length > 0) tally.addGolden(compareGolden(ranksBefore, await goldenRanks(api)));
}
