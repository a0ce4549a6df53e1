// The shipped sample catalog: a tar of garments, pictures, and embeddings by the default bundle.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { SHIPPED_MODELS } from '../../config.js';
import type { GarmentInput } from '../../domain/catalog/garment.input.js';
import { StartupError } from '../../errors.js';
import { isFailure } from '../../feeds/feed.js';
import { readImageTar } from '../../feeds/image.tar.js';
import { entriesOf } from '../../feeds/tar.entries.js';
import { readEmbeddingLines, type ShippedEmbeddings } from './shipped.embedding.js';

/** The archive that `npm run sample` writes. */
export const SAMPLE_ARCHIVE = join(SHIPPED_MODELS, 'sample', 'catalog.tar');

export interface SampleCatalog {
  garments: GarmentInput[];
  /** Returns null for every garment if the archive has no embeddings by the bundle. */
  embeddings: ShippedEmbeddings;
}

/** Returns the name of the archive entry with the embeddings by a bundle. @param bundle name@version */
export function embeddingsEntry(bundle: string): string {
  return `embeddings/${bundle}.jsonl`;
}

/**
 * Reads the whole archive, about 5 MB.
 * @param bundle name@version
 * @throws StartupError if the archive is missing or damaged
 */
export async function readSampleArchive(path: string, bundle: string): Promise<SampleCatalog> {
  try {
    return { garments: await garmentsOf(path), embeddings: await embeddingsOf(path, embeddingsEntry(bundle)) };
  } catch (cause) {
    throw new StartupError(
      `The sample catalog ${path} cannot be read: ${(cause as Error).message}\n` +
        'Restore the file from the repository, or set FITROOM_SAMPLE_CATALOG=off.',
      { cause },
    );
  }
}

async function garmentsOf(path: string): Promise<GarmentInput[]> {
  const garments: GarmentInput[] = [];
  for await (const item of readImageTar(() => createReadStream(path))) {
    if (isFailure(item)) throw new Error(item.message);
    garments.push({ ...item.input, image: item.picture && { kind: 'bytes', bytes: item.picture } });
  }
  return garments;
}

async function embeddingsOf(path: string, entryName: string): Promise<ShippedEmbeddings> {
  for await (const entry of entriesOf(createReadStream(path))) {
    if (entry.header.name === entryName) return readEmbeddingLines(await text(entry));
    entry.resume();
  }
  return () => null;
}
