// Owns the reading of an image tar, gzipped or not: metadata.jsonl wherever it lies in it, then the pictures as they come.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { posix } from 'node:path';
import { pipeline } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import {
  MAX_PICTURE_BYTES,
  METADATA_FILE,
  SourceUnreadable,
  pictureMissing,
  pictureTooLarge,
  type CatalogSource,
} from './catalog.source.js';
import type { GarmentRow, PicturedRow, RowFailure } from './garment.row.js';
import { readMetadata, type Metadata } from './metadata.js';

/** What tar-stream gives, whose types leave open what an entry's stream consists of. */
export interface Entry extends AsyncIterable<Uint8Array> {
  header: Header;
  resume(): unknown;
}

/**
 * Opens an archive.
 * @throws SourceUnreadable where it is no tar or has no metadata.jsonl; the same while its items are read and it ends early
 */
export async function openTar(path: string, limit?: number): Promise<CatalogSource> {
  // one pass for the rows, which ends with metadata.jsonl (the first entry, as a rule), and one for the pictures:
  // an archive whose metadata.jsonl lies last is read as well, and never more than one picture is held
  const { metadata, folder } = await findMetadata(path, limit);
  return {
    total: metadata.rows.length + metadata.failures.length,
    async *items() {
      yield* metadata.failures;
      const wanted = rowsByPicture(metadata.rows, folder);
      yield* picturedRows(wanted, path);
      for (const rows of wanted.values()) yield* rows.map(pictureMissing);
    },
  };
}

async function findMetadata(path: string, limit?: number): Promise<{ metadata: Metadata; folder: string }> {
  try {
    for await (const entry of entriesOf(path)) {
      const name = posix.normalize(entry.header.name);
      if (entry.header.type === 'file' && posix.basename(name) === METADATA_FILE) {
        return { metadata: await readMetadata(entry, limit), folder: posix.dirname(name) };
      }
      entry.resume();
    }
  } catch (error) {
    throw brokenArchive(path, error);
  }
  throw new SourceUnreadable(`${path} holds no ${METADATA_FILE}. It names the pictures, one JSON object a line.`);
}

/** The rows whose pictures are there; what stays in `wanted` has none. */
async function* picturedRows(wanted: RowsByPicture, path: string): AsyncGenerator<PicturedRow | RowFailure> {
  if (wanted.size === 0) return;
  try {
    for await (const entry of entriesOf(path)) {
      const rows = entry.header.type === 'file' ? take(wanted, posix.normalize(entry.header.name)) : [];
      if (rows.length === 0) entry.resume();
      else yield* await withPicture(rows, entry);
      if (wanted.size === 0) return;
    }
  } catch (error) {
    throw brokenArchive(path, error);
  }
}

function brokenArchive(path: string, error: unknown): SourceUnreadable {
  return new SourceUnreadable(`${path} is no whole tar archive: ${(error as Error).message}`, { cause: error });
}

async function withPicture(rows: GarmentRow[], entry: Entry): Promise<(PicturedRow | RowFailure)[]> {
  if (entry.header.size > MAX_PICTURE_BYTES) {
    entry.resume();
    return rows.map(pictureTooLarge);
  }
  const picture = await buffer(entry);
  return rows.map((row) => ({ ...row, picture }));
}

type RowsByPicture = Map<string, GarmentRow[]>;

function rowsByPicture(rows: GarmentRow[], folder: string): RowsByPicture {
  const byPicture: RowsByPicture = new Map();
  for (const row of rows) {
    const name = posix.join(folder, row.image);
    byPicture.set(name, [...(byPicture.get(name) ?? []), row]);
  }
  return byPicture;
}

function take(wanted: RowsByPicture, name: string): GarmentRow[] {
  const rows = wanted.get(name) ?? [];
  wanted.delete(name);
  return rows;
}

/** The entries of an archive, one after the other; each is read or resumed before the next comes. */
export async function* entriesOf(path: string): AsyncGenerator<Entry> {
  const archive = extract();
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const streams = (await beginsAsGzip(path)) ? [file, createGunzip(), archive] : [file, archive];
  // the loop over the archive meets the failure of any of them; the callback only keeps it from being thrown twice
  pipeline(streams as NodeJS.ReadWriteStream[], () => undefined);
  try {
    yield* archive as AsyncIterable<unknown> as AsyncIterable<Entry>;
  } finally {
    file.destroy();
  }
}

async function beginsAsGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer: start, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && start[0] === 0x1f && start[1] === 0x8b;
  } finally {
    await file.close();
  }
}
