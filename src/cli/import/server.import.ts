// Import of one file by the server: the command uploads it, shows the progress and cancels it on request.
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
  /** Abort signal. The import is canceled on the server. */
  signal: AbortSignal;
  /** Called with the progress, once the server has read the file. */
  onProgress: (done: number, total: number) => void;
}

/** Content of a file as a stream, or a URL that the server downloads. */
export type ServerImportSource = { bytes: AsyncIterable<Uint8Array> } | { url: string };

interface ImportState {
  id: string;
  state: JobState;
  total: number | null;
  created: number;
  updated: number;
  failed: number;
}

interface EndedImport extends ImportState {
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

const POLL_INTERVAL_MS = 500;

const PROGRESS_FIELDS = 'id state total created updated failed';
const START = `mutation Import($input: CatalogImportInput!, $dryRun: Boolean!) {
  importCatalog(input: $input, dryRun: $dryRun) { catalogImport { id } userErrors { code message } }
}`;
const WATCH = `query Watch($id: ID!) { catalogImport(id: $id) { ${PROGRESS_FIELDS} } }`;
const CANCEL = `mutation Cancel($id: ID!) { cancelCatalogImport(id: $id) { userErrors { code } } }`;
const RESULT = `query Result($id: ID!) {
  catalogImport(id: $id) {
    ${PROGRESS_FIELDS}
    errors(first: 20) { row sku code message }
    warnings(first: 20) { row sku code message }
    errorsByCode { value count }
    warningsByCode { value count }
    ${GOLDEN_FIELDS}
  }
}`;

/**
 * Sends a file or its URL and waits until the import ends.
 * @throws CallRefused if the server refuses it, CannotRun if the whole file cannot be imported
 */
export async function importByServer(
  api: ApiClient,
  source: ServerImportSource,
  options: ServerImportOptions,
): Promise<Omit<ImportCount, 'seconds'>> {
  const id = await start(api, source, options);
  await watch(api, id, options);
  const { catalogImport: ended } = await api.callPatiently<{ catalogImport: EndedImport }>({
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

async function start(api: ApiClient, source: ServerImportSource, options: ServerImportOptions): Promise<string> {
  const { format, currency, limit, dryRun } = options;
  const input = { format, currency, limit, ...('url' in source ? { url: source.url } : { upload: null }) };
  const call = { query: START, variables: { input, dryRun } };
  const { importCatalog: payload } = await ('url' in source
    ? api.call<StartResponse>(call)
    : api.upload<StartResponse>(call, 'variables.input.upload', source.bytes));
  const [error] = payload.userErrors;
  if (error) throw new CallRefused(error.code, `${error.code}: ${error.message}`);
  return payload.catalogImport!.id;
}

interface StartResponse {
  importCatalog: { catalogImport: { id: string } | null; userErrors: UserError[] };
}

async function watch(api: ApiClient, id: string, { signal, onProgress }: ServerImportOptions): Promise<void> {
  let isCancelled = false;
  for (;;) {
    if (signal.aborted && !isCancelled) {
      await api.callPatiently({ query: CANCEL, variables: { id } });
      isCancelled = true;
    }
    const { catalogImport } = await api.callPatiently<{ catalogImport: ImportState }>({
      query: WATCH,
      variables: { id },
    });
    const { state, total, created, updated, failed } = catalogImport;
    if (total !== null) onProgress(created + updated + failed, total);
    if (state !== 'QUEUED' && state !== 'RUNNING') return;
    await sleep(POLL_INTERVAL_MS, undefined, { signal }).catch(() => undefined);
  }
}

function byCode(counts: CodeCount[]): Record<string, number> {
  return Object.fromEntries(counts.map(({ value, count }) => [value, count]));
}
