// Source that reads a folder with metadata.jsonl and the pictures it names. It never reads outside the folder.
import { createReadStream } from 'node:fs';
import { access, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { GarmentRow, PicturedRow, RowFailure } from '../../feeds/garment.row.js';
import { pictureMissing, pictureTooLarge } from '../../feeds/image.tar.js';
import { readMetadata } from '../../feeds/metadata.js';
import { METADATA_FILE } from '../../feeds/tar.entries.js';
import { MAX_PICTURE_BYTES } from '../../pictures/picture.limits.js';
import { SourceUnreadable, type CatalogSource } from './catalog.source.js';

/**
 * Opens a folder.
 * @throws SourceUnreadable if it has no metadata.jsonl
 */
export async function openFolder(path: string, limit?: number): Promise<CatalogSource> {
  const file = join(path, METADATA_FILE);
  await access(file).catch((error: unknown) => {
    throw new SourceUnreadable(
      `${path} has no readable ${METADATA_FILE}, which lists the garments and their pictures.`,
      { cause: error },
    );
  });
  const metadata = await readMetadata(createReadStream(file), limit);
  const root = await realpath(path);
  return {
    total: metadata.rows.length + metadata.failures.length,
    async *items() {
      yield* metadata.failures;
      for (const row of metadata.rows) yield await withPicture(row, root);
    },
  };
}

async function withPicture(row: GarmentRow, root: string): Promise<PicturedRow | RowFailure> {
  try {
    // a catalog from elsewhere must not read files outside its folder through ../ or a link
    const file = await realpath(join(root, row.image ?? ''));
    if (!file.startsWith(root + sep)) return pictureMissing(row);
    const { size } = await stat(file);
    if (size > MAX_PICTURE_BYTES) return pictureTooLarge(row);
    return { ...row, picture: await readFile(file) };
  } catch {
    return pictureMissing(row);
  }
}
