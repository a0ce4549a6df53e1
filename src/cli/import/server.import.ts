// Owns the import of one file by a server: it goes up whole, and the server goes on by itself; here it is only watched, and
// cancelled where the user says so. Knows no format and no terminal.
import { setTimeout as sleep } from 'node:timers/promises';
import type { CatalogFormat } from '../../domain/catalog/catalog.import.js';
import type { JobState } from '../../domain/jobs/job.js';
import type { GoldenComparison } from '../../domain/analytics/golden.query.js';
import type { RowFailure } from '../../feeds/garment.row.js';
import { CallRefused, type ApiClient } from '../api.client.js';
import { CannotRun } from '../exit.js';
import { GOLDEN_FIELDS } from '../golden.changes.js';
import type { UserError } from '../user.errors.js';
import type { ImportCount } from './import.tally.js';

export interface ServerImportOptions {
  format: CatalogFormat | null;
  currency: string | null;
  limit: number | null;
  dryRun: boolean;
  /** Aborted: the import is cancelled on the server. */
  signal: AbortSignal;
  /** Told how far it is, from when the server has read the file. */
  onProgress: (done: number, total: number) => void;
}

/** A file's bytes as they are read, or the address that the server fetches it from. */
export type ServerImportSource = { bytes: AsyncIterable<Uint8Array> } | { url: string };

interface Watched {
  id: string;
  state: JobState;
  total: number | null;
  created: number;
  updated: number;
  failed: number;
}

interface Ended extends Watched {
  errors: RowFailure[];
  warnings: RowFailure[];
  errorsByCode: CodeCount[];
  warningsByCode: CodeCount[];
  golden: GoldenComparison | null;
}

interface CodeCount {
  value: string;
  count: number;
}

const LOOK_EVERY_MS = 500;

const WATCHED = 'id state total created updated failed';
const BEGIN = `mutation Import($input: CatalogImportInput!, $dryRun: Boolean!) {
  importCatalog(input: $input, dryRun: $dryRun) { catalogImport { id } userErrors { code message } }
}`;
const WATCH = `query Watch($id: ID!) { catalogImport(id: $id) { ${WATCHED} } }`;
const CANCEL = `mutation Cancel($id: ID!) { cancelCatalogImport(id: $id) { userErrors { code } } }`;
const RESULT = `query Result($id: ID!) {
  catalogImport(id: $id) {
    ${WATCHED}
    errors(first: 20) { row sku code message }
    warnings(first: 20) { row sku code message }
    errorsByCode { value count }
    warningsByCode { value count }
    ${GOLDEN_FIELDS}
  }
}`;

/**
 * Sends a file or its address and watches until its import has ended.
 * @throws CallRefused where the server does not take it, CannotRun where it cannot be imported as a whole
 */
export async function importByServer(
  api: ApiClient,
  source: ServerImportSource,
  options: ServerImportOptions,
): Promise<Omit<ImportCount, 'seconds'>> {
  const id = await begin(api, source, options);
  await watch(api, id, options);
  const { catalogImport: ended } = await api.callPatiently<{ catalogImport: Ended }>({
    query: RESULT,
    variables: { id },
  });
  if (ended.state === 'FAILED') throw new CannotRun(`${ended.errors[0]?.code}: ${ended.errors[0]?.message}`);
  return {
    created: ended.created,
    updated: ended.updated,
    failed: ended.failed,
    failuresByCode: byCode(ended.errorsByCode),
    warningsByCode: byCode(ended.warningsByCode),
    firstFailures: ended.errors,
    firstWarnings: ended.warnings,
    golden: ended.golden ? [ended.golden] : [],
  };
}

async function begin(api: ApiClient, source: ServerImportSource, options: ServerImportOptions): Promise<string> {
  const { format, currency, limit, dryRun } = options;
  const input = { format, currency, limit, ...('url' in source ? { url: source.url } : { upload: null }) };
  const call = { query: BEGIN, variables: { input, dryRun } };
  const { importCatalog: answer } = await ('url' in source
    ? api.call<BeginAnswer>(call)
    : api.upload<BeginAnswer>(call, 'variables.input.upload', source.bytes));
  const [error] = answer.userErrors;
  if (error) throw new CallRefused(error.code, `${error.code}: ${error.message}`);
  return answer.catalogImport!.id;
}

interface BeginAnswer {
  importCatalog: { catalogImport: { id: string } | null; userErrors: UserError[] };
}

async function watch(api: ApiClient, id: string, { signal, onProgress }: ServerImportOptions): Promise<void> {
  let isCancelled = false;
  for (;;) {
    if (signal.aborted && !isCancelled) {
      await api.callPatiently({ query: CANCEL, variables: { id } });
      isCancelled = true;
    }
    const { catalogImport } = await api.callPatiently<{ catalogImport: Watched }>({ query: WATCH, variables: { id } });
    const { state, total, created, updated, failed } = catalogImport;
    if (total !== null) onProgress(created + updated + failed, total);
    if (state !== 'QUEUED' && state !== 'RUNNING') return;
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

function byCode(counts: CodeCount[]): Record<string, number> {
  return Object.fromEntries(counts.map(({ value, count }) => [value, count]));
}
