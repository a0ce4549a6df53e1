// Catalog files of any format: format detection, bounds, and garments one by one.
import type { CatalogFormat } from '../domain/catalog/catalog.import.js';
import { FitroomError } from '../errors.js';
import { headOf, inUtf8, marked, SourceFailure, unpacked } from './byte.stream.js';
import type { FeedItem, FeedSource } from './feed.js';
import { readGoogleTable, readGoogleXml } from './google.feed.js';
import { attributeName } from './google.item.js';
import { readImageTar } from './image.tar.js';
import { readJsonLines } from './json.lines.js';
import { readShopify } from './shopify.feed.js';

export const MAX_ROWS = 1_000_000;
/** Bytes for detecting the format. A header of about a hundred columns fits in. */
const HEAD_BYTES = 64 * 1024;

export interface FeedOptions {
  /** Null to detect it. */
  format: CatalogFormat | null;
  /** Currency of prices that name none, as in Shopify exports. */
  currency: string | null;
  /** Maximum number of garments. Null for all. */
  limit: number | null;
  /** Maximum bytes of the file, both before and after decompression. */
  maxBytes: number;
  now: Date;
}

export interface Feed {
  format: CatalogFormat;
  /** Yields every row once. Throws a FitroomError if the rest of the file cannot be read. */
  items: AsyncIterable<FeedItem>;
}

type Kind = 'xml' | 'google-table' | Exclude<CatalogFormat, 'GOOGLE_PRODUCTS'>;

/**
 * Opens a file. Its bytes are read from the beginning more than once.
 * @throws FitroomError IMPORT_EMPTY, IMPORT_FORMAT_UNKNOWN, IMPORT_CURRENCY_NEEDED, IMPORT_UNREADABLE, IMPORT_TOO_LARGE
 */
export async function openFeed(source: FeedSource, options: FeedOptions): Promise<Feed> {
  const open = (): AsyncIterable<Uint8Array> => unpacked(marked(source()), options.maxBytes);
  try {
    const kind = kindOf(await headOf(open(), HEAD_BYTES), await headOf(inUtf8(open()), HEAD_BYTES), options.format);
    const format = kind === 'xml' || kind === 'google-table' ? 'GOOGLE_PRODUCTS' : kind;
    return { format, items: bounded(readerOf(kind, open, options), options.limit) };
  } catch (error) {
    throw asFileFault(error, 'at its beginning');
  }
}

/** Converts the error of a reader. It is caused by the file and will repeat, unless the bytes did not arrive. */
function asFileFault(error: unknown, place: string): unknown {
  if (error instanceof SourceFailure) return error.cause;
  if (error instanceof FitroomError) return error;
  const { message } = error as Error;
  return new FitroomError('IMPORT_UNREADABLE', `The file cannot be read ${place}: ${message.slice(0, 200)}`, [], {
    cause: error,
  });
}

function readerOf(kind: Kind, open: FeedSource, { currency, limit, now }: FeedOptions): AsyncIterable<FeedItem> {
  switch (kind) {
    case 'xml':
      return readGoogleXml(open(), now);
    case 'google-table':
      return readGoogleTable(open(), now);
    case 'JSON_LINES':
      return readJsonLines(open());
    case 'IMAGE_TAR':
      return readImageTar(open, limit ?? MAX_ROWS + 1);
    case 'SHOPIFY_CSV':
      if (currency === null) throw new FitroomError('IMPORT_CURRENCY_NEEDED');
      return readShopify(open(), currency);
  }
}

async function* bounded(items: AsyncIterable<FeedItem>, limit: number | null): AsyncGenerator<FeedItem> {
  let rows = 0;
  let last = 0;
  try {
    for await (const item of items) {
      if (limit !== null && rows === limit) return;
      if (++rows > MAX_ROWS) throw new FitroomError('IMPORT_TOO_MANY_ROWS');
      last = item.row;
      yield item;
    }
  } catch (error) {
    throw asFileFault(error, last === 0 ? 'before its first row' : `after row ${last}`);
  }
}

/**
 * Returns the kind of the file. @param text its beginning in UTF-8 @param wanted format that the merchant named; null
 * to detect it
 */
function kindOf(head: Buffer, text: Buffer, wanted: CatalogFormat | null): Kind {
  if (head.length === 0) throw new FitroomError('IMPORT_EMPTY');
  const detected = detectedKind(head, text);
  const requested: Kind | null = wanted === 'GOOGLE_PRODUCTS' ? googleKind(detected) : wanted;
  if (requested === null && detected === null) throw new FitroomError('IMPORT_FORMAT_UNKNOWN');
  if (requested === null) return detected!;
  // a named format cannot turn a table into an archive or an archive into a table
  const isArchive = detected === 'IMAGE_TAR' || isBinary(text);
  if (isArchive !== (requested === 'IMAGE_TAR')) {
    throw new FitroomError('IMPORT_FORMAT_UNKNOWN', `The file is not in the format ${wanted}.`);
  }
  return requested;
}

function googleKind(found: Kind | null): Kind {
  return found === 'xml' ? 'xml' : 'google-table';
}

function detectedKind(head: Buffer, text: Buffer): Kind | null {
  if (head.toString('latin1', 257, 262) === 'ustar') return 'IMAGE_TAR';
  if (isBinary(text)) return null;
  const start = text.toString('utf8').trimStart();
  if (start.startsWith('<')) return 'xml';
  if (start.startsWith('{')) return 'JSON_LINES';
  const names = new Set(
    start
      .split('\n', 1)[0]!
      .split(/[\t,;]/)
      .map((name) => attributeName(name.replaceAll('"', ''))),
  );
  if (names.has('title') && (names.has('handle') || names.has('url_handle'))) return 'SHOPIFY_CSV';
  return names.has('id') && names.has('title') ? 'google-table' : null;
}

/** Returns true for binary data. Text of any kind holds no zero byte. */
function isBinary(text: Buffer): boolean {
  return text.includes(0) || text.toString('latin1', 0, 4) === 'PK\u0003\u0004';
}
