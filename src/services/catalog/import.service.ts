// Imports as merchants control them: begin, observe, cancel. Jobs do the work.
import type { Readable } from 'node:stream';
import type { CatalogImport, ImportError, CatalogImportOptions } from '../../domain/catalog/catalog.import.js';
import type { InputProblem } from '../../domain/catalog/garment.input.js';
import { requireCurrency } from '../../domain/catalog/money.js';
import { requirePageSize } from '../../domain/shared/page.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { isStorable } from '../../domain/shared/text.js';
import { FitroomError, type ErrorCode } from '../../errors.js';
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import type { ImportStagingRepository } from '../../store/import.staging.repository.js';
import type { CodeCount, ImportRepository } from '../../store/import.repository.js';
import type { JobQueue } from '../../store/database/job.queue.js';

/** An upload or a URL. Exactly one of the two is not null. */
export interface ImportSource {
  upload: (() => Readable) | null;
  url: string | null;
}

export interface ImportOutcome {
  catalogImport: CatalogImport | null;
  userErrors: InputProblem[];
}

export interface ImportServiceParts {
  imports: ImportRepository;
  file: ImportStagingRepository;
  queue: Pick<JobQueue, 'send'>;
  /** Maximum size of a file. */
  maxBytes: number;
}

export class ImportService {
  constructor(private readonly parts: ImportServiceParts) {}

  /** Stores the file in parts and queues the job that reads it. The returned import is durable. */
  async begin(ctx: StoreContext, source: ImportSource, options: CatalogImportOptions): Promise<ImportOutcome> {
    const { imports, queue } = this.parts;
    const { upload, url } = source;
    try {
      requireOptions(source, options);
      const currency = options.currency && requireCurrency(options.currency);
      const id = await imports.begin(ctx, { ...options, currency }, url);
      if (upload) await this.stage(ctx, id, upload());
      const catalogImport = await imports.receive(ctx, id, (query) =>
        queue.send([{ task: 'import-read', storeId: ctx.storeId, data: { id } }], query),
      );
      return { catalogImport, userErrors: [] };
    } catch (error) {
      return { catalogImport: null, userErrors: [problemOf(error, 'input')] };
    }
  }

  async find(ctx: StoreContext, id: string): Promise<CatalogImport | null> {
    return this.parts.imports.find(ctx, id);
  }

  /** Returns errors in the order of the rows. @throws FitroomError PAGE_SIZE_INVALID */
  async errors(ctx: StoreContext, id: string, first: number): Promise<ImportError[]> {
    return this.parts.imports.errors(ctx, id, requirePageSize(first), false);
  }

  /** Returns warnings about garments that were stored. @throws FitroomError PAGE_SIZE_INVALID */
  async warnings(ctx: StoreContext, id: string, first: number): Promise<ImportError[]> {
    return this.parts.imports.errors(ctx, id, requirePageSize(first), true);
  }

  /** Returns the number of errors or warnings of each code. */
  async codes(ctx: StoreContext, id: string, of: 'errors' | 'warnings'): Promise<CodeCount[]> {
    return this.parts.imports.codes(ctx, id, of === 'warnings');
  }

  /** Cancels an import. Stored garments stay, and a batch that is being stored is finished and counted. */
  async cancel(ctx: StoreContext, id: string): Promise<ImportOutcome> {
    const cancelled = await this.parts.imports.cancel(ctx, id);
    if (cancelled) return { catalogImport: cancelled, userErrors: [] };
    const catalogImport = await this.find(ctx, id);
    const error = new FitroomError(catalogImport ? 'IMPORT_FINISHED' : 'IMPORT_NOT_FOUND', undefined, ['id']);
    return { catalogImport, userErrors: [problemOf(error)] };
  }

  private async stage(ctx: StoreContext, id: string, stream: Readable): Promise<void> {
    const { imports, file, maxBytes } = this.parts;
    try {
      await stageParts(stream, maxBytes, (part, bytes) => file.addPart(ctx, id, part, bytes));
    } catch (error) {
      // if the database is unavailable, the next import deletes it
      await imports.discard(ctx, id).catch(() => undefined);
      throw uploadError(error);
    }
  }
}

/**
 * Small compared with the memory of a server, large compared with the cost of a statement. The reserve is for the last
 * chunk, which is one read of a socket or file.
 */
const PART_BYTES = MEMORY_BOUNDS.importPart.bytes - 64 * 1024;

/**
 * Cuts a stream into parts of PART_BYTES and a smaller last one.
 * @throws FitroomError IMPORT_EMPTY, IMPORT_TOO_LARGE
 */
export async function stageParts(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
  put: (part: number, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  let [part, size, total] = [0, 0, 0];
  let chunks: Uint8Array[] = [];
  const flush = async (): Promise<void> => {
    await put(part++, Buffer.concat(chunks));
    [chunks, size] = [[], 0];
  };
  for await (const chunk of stream) {
    total += chunk.length;
    if (total > maxBytes) throw new FitroomError('IMPORT_TOO_LARGE');
    chunks.push(chunk);
    size += chunk.length;
    if (size >= PART_BYTES) await flush();
  }
  if (size > 0) await flush();
  if (total === 0) throw new FitroomError('IMPORT_EMPTY');
}

function requireOptions({ upload, url }: ImportSource, { format, currency, limit }: CatalogImportOptions): void {
  if ((upload === null) === (url === null)) throw new FitroomError('IMPORT_SOURCE_INVALID');
  if (url !== null && !isStorable(url)) throw new FitroomError('IMPORT_URL_REFUSED', undefined, ['url']);
  if (limit !== null && limit < 1) throw new FitroomError('IMPORT_LIMIT_INVALID', undefined, ['limit']);
  if (currency !== null) requireCurrency(currency, 'currency');
  if (format === 'SHOPIFY_CSV' && currency === null) {
    throw new FitroomError('IMPORT_CURRENCY_NEEDED', undefined, ['currency']);
  }
}

/** Replaces error codes of picture uploads with those of imports, because one function reads both kinds of upload. */
function uploadError(error: unknown): unknown {
  const codes: Partial<Record<ErrorCode, ErrorCode>> = {
    IMAGE_TOO_LARGE: 'IMPORT_TOO_LARGE',
    IMAGE_UNREADABLE: 'IMPORT_UNREADABLE',
  };
  if (!(error instanceof FitroomError)) return error;
  const code = codes[error.code] ?? error.code;
  const message = code === 'IMPORT_UNREADABLE' ? error.message : undefined;
  return new FitroomError(code, message, code.startsWith('IMPORT_') ? ['upload'] : [], { cause: error });
}

/** Converts an error that the merchant can fix into a problem. Throws any other error. */
function problemOf(error: unknown, ...argument: string[]): InputProblem {
  const isFixable = error instanceof FitroomError && /^(IMPORT_|CURRENCY_)/.test(error.code);
  if (!isFixable) throw error;
  return { field: [...argument, ...error.field], code: error.code, message: error.message };
}
