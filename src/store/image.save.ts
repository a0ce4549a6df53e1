// How pictures are written: with their garments, in the caller's transaction.
import type { PictureSource } from '../domain/picture.source.js';
import type { Query } from './database.js';
import { Parameters } from './garment.conditions.js';
import { isStorable } from '../domain/text.js';

/** A picture as it is stored: JPEG of at most 512 px, and the SHA-256 (hex) that its address carries. */
export interface ImageToSave {
  bytes: Uint8Array;
  hash: string;
  width: number;
  height: number;
}

/** What becomes of the picture of one garment. */
export interface ImageChange {
  garmentId: string;
  /** Null: none any more. Absent: it stays. */
  image?: ImageToSave | null;
  /** The address that it came from; null: none. Absent, with a picture that stays: what is remembered stays. */
  imageSource?: PictureSource | null;
}

/** Characters; the picture behind a longer address is fetched anew each time. */
const LONGEST_SOURCE = 2_048;

const UPDATE_SOURCES = `
  update garment_images i
  set source_url = r.source_url, source_etag = r.source_etag, source_modified = r.source_modified
  from unnest($2::bigint[], $3::text[], $4::text[], $5::text[]) as r (garment_id, source_url, source_etag, source_modified)
  where i.store_id = $1 and i.garment_id = r.garment_id`;

/** Writes, removes or leaves the pictures of a batch. Each garment stands once in it. */
export async function saveImages(query: Query, storeId: string, changes: ImageChange[]): Promise<void> {
  const written = changes.flatMap((change) => (change.image ? [{ ...change, image: change.image }] : []));
  if (written.length > 0) {
    const { text, values } = upsertImages(storeId, written);
    await query(text, values);
  }
  const removed = changes.filter(({ image }) => image === null);
  if (removed.length > 0) {
    const ids = removed.map(({ garmentId }) => garmentId);
    await query('delete from garment_images where store_id = $1 and garment_id = any($2::bigint[])', [storeId, ids]);
  }
  const moved = changes.filter(({ image, imageSource }) => image === undefined && imageSource !== undefined);
  if (moved.length > 0) {
    const columns = moved.map(({ imageSource }) => sourceColumns(imageSource));
    await query(UPDATE_SOURCES, [
      storeId,
      moved.map(({ garmentId }) => garmentId),
      ...[0, 1, 2].map((column) => columns.map((row) => row[column]!)),
    ]);
  }
}

/** A row of parameters each, since bytes within an array are sent as text of twice their length. */
function upsertImages(storeId: string, rows: (ImageChange & { image: ImageToSave })[]) {
  const parameters = new Parameters();
  const store = parameters.add(storeId);
  const row = ({ garmentId, image, imageSource }: (typeof rows)[number]): string => {
    const { bytes: picture, hash, width, height } = image;
    const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength);
    const columns = [garmentId, bytes, hash, width, height, ...sourceColumns(imageSource)];
    return `(${[store, ...columns.map((value) => parameters.add(value))].join(', ')})`;
  };
  const text = `
    insert into garment_images (store_id, garment_id, bytes, content_hash, width, height, source_url, source_etag, source_modified)
    values ${rows.map(row).join(', ')}
    on conflict (store_id, garment_id) do update set
      bytes = excluded.bytes, content_hash = excluded.content_hash, width = excluded.width, height = excluded.height,
      source_url = excluded.source_url, source_etag = excluded.source_etag, source_modified = excluded.source_modified`;
  return { text, values: parameters.values };
}

function sourceColumns(source: PictureSource | null | undefined): [string | null, string | null, string | null] {
  if (!source || source.url.length > LONGEST_SOURCE || !isStorable(source.url)) return [null, null, null];
  return [source.url, source.etag, source.lastModified];
}
