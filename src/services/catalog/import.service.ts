// Imports as merchants drive them: begun with a file or its address, looked after, cancelled. The work is done by jobs, in
// import.reader.ts and import.batches.ts.
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

/** Exactly one is given. */
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
  /** Largest file. */
  maxBytes: number;
}

export class ImportService {
  constructor(private readonly parts: ImportServiceParts) {}

  /** Takes the file in, a part at a time, and queues its reading. What is returned is durable. */
  async begin(ctx: StoreContext, source: ImportSource, wish: CatalogImportOptions): Promise<ImportOutcome> {
    const { imports, queue } = this.parts;
    const { upload, url } = source;
    try {
      checkWish(source, wish);
      const id = await imports.begin(ctx, { ...wish, currency: wish.currency && requireCurrency(wish.currency) }, url);
      if (upload) await this.takeIn(ctx, id, upload());
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

  /** In the order of the rows. @throws FitroomError PAGE_SIZE_INVALID */
  async errors(ctx: StoreContext, id: string, first: number): Promise<ImportError[]> {
    return this.parts.imports.errors(ctx, id, requirePageSize(first), false);
  }

  /** Of garments that were stored all the same. @throws FitroomError PAGE_SIZE_INVALID */
  async warnings(ctx: StoreContext, id: string, first: number): Promise<ImportError[]> {
    return this.parts.imports.errors(ctx, id, requirePageSize(first), true);
  }

  /** How many errors, or warnings, of each code. */
  async codes(ctx: StoreContext, id: string, of: 'errors' | 'warnings'): Promise<CodeCount[]> {
    return this.parts.imports.codes(ctx, id, of === 'warnings');
  }

  /** What is stored already stays; a batch that is being stored at this moment is stored and counted. */
  async cancel(ctx: StoreContext, id: string): Promise<ImportOutcome> {
    const cancelled = await this.parts.imports.cancel(ctx, id);
    if (cancelled) return { catalogImport: cancelled, userErrors: [] };
    const catalogImport = await this.find(ctx, id);
    const error = new FitroomError(catalogImport ? 'IMPORT_FINISHED' : 'IMPORT_NOT_FOUND', undefined, ['id']);
    return { catalogImport, userErrors: [problemOf(error)] };
  }

  private async takeIn(ctx: StoreContext, id: string, stream: Readable): Promise<void> {
    const { imports, file, maxBytes } = this.parts;
    try {
      await stageParts(stream, maxBytes, (part, bytes) => file.addPart(ctx, id, part, bytes));
    } catch (error) {
      // with the database away the next import forgets it
      await imports.discard(ctx, id).catch(() => undefined);
      throw uploadError(error);
    }
  }
}

/** Small beside the memory of a server, large beside the cost of a statement; the last chunk is one read of a socket or file. */
const PART_BYTES = MEMORY_BOUNDS.importPart.bytes - 64 * 1024;

/**
 * Cuts a stream into parts.
 * @throws FitroomError IMPORT_EMPTY, IMPORT_TOO_LARGE
 */
export async function stageParts(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
  put: (part: number, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  let [part, size, total] = [0, 0, 0];
  let held: Uint8Array[] = [];
  const flush = async (): Promise<void> => {
    await put(part++, Buffer.concat(held));
    [held, size] = [[], 0];
  };
  for await (const chunk of stream) {
    total += chunk.length;
    if (total > maxBytes) throw new FitroomError('IMPORT_TOO_LARGE');
    held.push(chunk);
    size += chunk.length;
    if (size >= PART_BYTES) await flush();
  }
  if (size > 0) await flush();
  if (total === 0) throw new FitroomError('IMPORT_EMPTY');
}

function checkWish({ upload, url }: ImportSource, { format, currency, limit }: CatalogImportOptions): void {
  if ((upload === null) === (url === null)) throw new FitroomError('IMPORT_SOURCE_INVALID');
  if (url !== null && !isStorable(url)) throw new FitroomError('IMPORT_URL_REFUSED', undefined, ['url']);
  if (limit !== null && limit < 1) throw new FitroomError('IMPORT_LIMIT_INVALID', undefined, ['limit']);
  if (currency !== null) requireCurrency(currency, 'currency');
  if (format === 'SHOPIFY_CSV' && currency === null) {
    throw new FitroomError('IMPORT_CURRENCY_NEEDED', undefined, ['currency']);
  }
}

/** Uploads of pictures and of files come the same way; here it was a file. */
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

/** What the merchant can put right is data; everything else is the request's failure. */
function problemOf(error: unknown, ...argument: string[]): InputProblem {
  const isTheirs = error instanceof FitroomError && /^(IMPORT_|CURRENCY_)/.test(error.code);
  if (!isTheirs) throw error;
  return { field: [...argument, ...error.field], code: error.code, message: error.message };
}
