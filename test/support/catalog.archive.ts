// Catalogs as merchants send them: tar archives and folders with metadata.jsonl and pictures.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

export interface CatalogFiles {
  /** Lines of metadata.jsonl. A string is written unchanged. */
  rows: (Record<string, unknown> | string)[];
  /** Bytes by file name. */
  pictures: Record<string, Uint8Array>;
}

/** Folder of all files in the archive, and the position of metadata.jsonl. */
export interface TarLayout {
  folder?: string;
  metadataLast?: boolean;
}

export function metadataOf(rows: CatalogFiles['rows']): string {
  return rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join('');
}

/** Returns the bytes of a tar archive. */
export async function tarOf({ rows, pictures }: CatalogFiles, layout: TarLayout = {}): Promise<Buffer> {
  const folder = layout.folder ?? '';
  const files: [string, string | Uint8Array][] = Object.entries(pictures);
  const metadata: [string, string] = ['metadata.jsonl', metadataOf(rows)];
  if (layout.metadataLast) files.push(metadata);
  else files.unshift(metadata);
  const archive = pack();
  for (const [name, bytes] of files) archive.entry({ name: folder + name }, bytes);
  archive.finalize();
  return buffer(archive as AsyncIterable<unknown>);
}

/** Writes the folder. @returns its path */
export async function writeCatalogFolder(path: string, { rows, pictures }: CatalogFiles): Promise<string> {
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'metadata.jsonl'), metadataOf(rows));
  for (const [name, bytes] of Object.entries(pictures)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), bytes);
  }
  return path;
}
