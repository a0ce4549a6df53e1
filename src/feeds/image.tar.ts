// An image tar → garments: metadata.jsonl wherever it lies in it, then the pictures as they come. Holds the rows, which name
// their pictures, and never more than one picture.
import { posix } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { ImportError } from '../domain/catalog.import.js';
import { FitroomError } from '../errors.js';
import { MAX_PICTURE_BYTES } from '../pictures/picture.size.js';
import { SourceFailure } from './byte.stream.js';
import type { FeedItem, FeedSource } from './feed.js';
import type { GarmentRow } from './garment.row.js';
import { readMetadata, type Metadata } from './metadata.js';
import { entriesOf, METADATA_FILE, type Entry } from './tar.entries.js';

/** All rows are held while the pictures are read: 1,000,000 of the shortest, or 300,000 usual ones. */
const MAX_METADATA_BYTES = 100_000_000;
const METADATA_TOO_LARGE = `The ${METADATA_FILE} of a tar has at most 100 MB.`;

/**
 * One pass for the rows, which ends with metadata.jsonl (the first entry, as a rule), and one for the pictures, so that an
 * archive whose metadata.jsonl lies last is read as well.
 * @throws FitroomError IMPORT_UNREADABLE where it is no whole tar or has no metadata.jsonl
 */
export async function* readImageTar(open: FeedSource, limit = Infinity): AsyncGenerator<FeedItem> {
  try {
    yield* itemsOf(open, limit);
  } catch (cause) {
    if (cause instanceof FitroomError || cause instanceof SourceFailure) throw cause;
    const message = `The file is no whole tar archive: ${(cause as Error).message}`;
    throw new FitroomError('IMPORT_UNREADABLE', message, [], { cause });
  }
}

async function* itemsOf(open: FeedSource, limit: number): AsyncGenerator<FeedItem> {
  const { metadata, folder } = await findMetadata(open, limit);
  yield* metadata.failures;
  const wanted = rowsByPicture(metadata.rows, folder);
  for (const { row, garment, image } of metadata.rows) if (image === null) yield { row, input: garment };
  yield* picturedRows(wanted, open);
  for (const rows of wanted.values()) yield* rows.map(pictureMissing);
}

async function findMetadata(open: FeedSource, limit: number): Promise<{ metadata: Metadata; folder: string }> {
  for await (const entry of entriesOf(open())) {
    const name = posix.normalize(entry.header.name);
    if (entry.header.type === 'file' && posix.basename(name) === METADATA_FILE) {
      if (entry.header.size > MAX_METADATA_BYTES) throw new FitroomError('IMPORT_TOO_LARGE', METADATA_TOO_LARGE);
      return { metadata: await readMetadata(entry, limit), folder: posix.dirname(name) };
    }
    entry.resume();
  }
  throw new FitroomError('IMPORT_UNREADABLE', `The tar holds no ${METADATA_FILE}, which names the pictures.`);
}

/** The rows whose pictures are there; what stays in `wanted` has none. */
async function* picturedRows(wanted: RowsByPicture, open: FeedSource): AsyncGenerator<FeedItem> {
  if (wanted.size === 0) return;
  for await (const entry of entriesOf(open())) {
    const rows = entry.header.type === 'file' ? take(wanted, posix.normalize(entry.header.name)) : [];
    if (rows.length === 0) entry.resume();
    else yield* await withPicture(rows, entry);
    if (wanted.size === 0) return;
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

function take(wanted: RowsByPicture, name: string): GarmentRow[] {
  const rows = wanted.get(name) ?? [];
  wanted.delete(name);
  return rows;
}

export function pictureMissing({ row, garment, image }: GarmentRow): ImportError {
  return {
    row,
    sku: garment.sku,
    code: 'IMAGE_REQUIRED',
    message: image === null ? 'The row names no picture.' : `The picture ${image} is not there.`,
  };
}

export function pictureTooLarge({ row, garment, image }: GarmentRow): ImportError {
  return { row, sku: garment.sku, code: 'IMAGE_TOO_LARGE', message: `The picture ${image} has more than 10 MB.` };
}
