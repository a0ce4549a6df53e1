// Image tar archives: metadata.jsonl at any position, then the pictures in their order.
// At most one picture and a bounded number of rows are held in memory.
import { posix } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { ImportError } from '../domain/catalog/catalog.import.js';
import { FitroomError } from '../errors.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { MAX_PICTURE_BYTES } from '../pictures/picture.limits.js';
import { SourceFailure } from './byte.stream.js';
import type { FeedItem, FeedSource } from './feed.js';
import type { GarmentRow } from './garment.row.js';
import { metadataParts, type Metadata } from './metadata.js';
import { entriesOf, METADATA_FILE, type Entry } from './tar.entries.js';

/**
 * Yields the garments of an archive. One pass reads the rows and ends with metadata.jsonl, usually the first entry.
 * Another pass reads the pictures of as many rows as may be held at once. An archive with metadata.jsonl as its last
 * entry works too.
 * @throws FitroomError IMPORT_UNREADABLE if the file is not a complete tar or has no metadata.jsonl
 */
export async function* readImageTar(open: FeedSource, limit = Infinity): AsyncGenerator<FeedItem> {
  try {
    yield* itemsOf(open, limit);
  } catch (cause) {
    if (cause instanceof FitroomError || cause instanceof SourceFailure) throw cause;
    const message = `The file is not a complete tar archive: ${(cause as Error).message}`;
    throw new FitroomError('IMPORT_UNREADABLE', message, [], { cause });
  }
}

async function* itemsOf(open: FeedSource, limit: number): AsyncGenerator<FeedItem> {
  const maxBytes = MEMORY_BOUNDS.importMetadata.bytes;
  for await (const entry of entriesOf(open())) {
    const name = posix.normalize(entry.header.name);
    if (entry.header.type === 'file' && posix.basename(name) === METADATA_FILE) {
      const parts = metadataParts(entry, { limit, maxBytes });
      for await (const part of parts) yield* garmentsOf(part, posix.dirname(name), open);
      return;
    }
    entry.resume();
  }
  throw new FitroomError('IMPORT_UNREADABLE', `The tar has no ${METADATA_FILE}, which lists the pictures.`);
}

async function* garmentsOf({ rows, failures }: Metadata, folder: string, open: FeedSource): AsyncGenerator<FeedItem> {
  yield* failures;
  const missing = rowsByPicture(rows, folder);
  for (const { row, garment, image } of rows) if (image === null) yield { row, input: garment };
  yield* picturedRows(missing, open);
  for (const unpictured of missing.values()) yield* unpictured.map(pictureMissing);
}

/** Yields the rows whose pictures are found and removes them from `missing`. */
async function* picturedRows(missing: RowsByPicture, open: FeedSource): AsyncGenerator<FeedItem> {
  if (missing.size === 0) return;
  for await (const entry of entriesOf(open())) {
    const rows = entry.header.type === 'file' ? take(missing, posix.normalize(entry.header.name)) : [];
    if (rows.length === 0) entry.resume();
    else yield* await withPicture(rows, entry);
    if (missing.size === 0) return;
  }
}

async function withPicture(rows: GarmentRow[], entry: Entry): Promise<FeedItem[]> {
  if (entry.header.size > MAX_PICTURE_BYTES) {
    entry.resume();
    return rows.map(pictureTooLarge);
  }
  const picture = await buffer(entry);
  return rows.map(({ row, garment }) => ({ row, input: garment, picture }));
}

type RowsByPicture = Map<string, GarmentRow[]>;

function rowsByPicture(rows: GarmentRow[], folder: string): RowsByPicture {
  const byPicture: RowsByPicture = new Map();
  for (const row of rows) {
    if (row.image === null) continue;
    const name = posix.join(folder, row.image);
    const others = byPicture.get(name);
    if (others) others.push(row);
    else byPicture.set(name, [row]);
  }
  return byPicture;
}

function take(missing: RowsByPicture, name: string): GarmentRow[] {
  const rows = missing.get(name) ?? [];
  missing.delete(name);
  return rows;
}

export function pictureMissing({ row, garment, image }: GarmentRow): ImportError {
  return {
    row,
    sku: garment.sku,
    code: 'IMAGE_REQUIRED',
    message: image === null ? 'The row names no picture.' : `The picture ${image} is missing.`,
  };
}

export function pictureTooLarge({ row, garment, image }: GarmentRow): ImportError {
  return { row, sku: garment.sku, code: 'IMAGE_TOO_LARGE', message: `The picture ${image} has more than 10 MB.` };
}
