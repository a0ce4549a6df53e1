// Writer of the shipped sample catalog: garments, pictures, and embeddings by the bundle of FITROOM_MODEL.
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import { METADATA_FILE } from '../../src/feeds/tar.entries.js';
import type { GarmentInput } from '../../src/domain/catalog/garment.input.js';
import { DEFAULT_STORE_ID } from '../../src/domain/access/store.context.js';
import type { Encoders } from '../../src/inference/encoders.js';
import { CatalogPictureFetcher } from '../../src/pictures/fetch/catalog.picture.fetcher.js';
import { GarmentDraftEncoder } from '../../src/services/catalog/garment.draft.encoder.js';
import { GarmentDraftPictures } from '../../src/services/catalog/garment.draft.pictures.js';
import { GarmentDraftReader } from '../../src/services/catalog/garment.draft.reader.js';
import { QueryEncoder } from '../../src/services/recommend/query.encoder.js';
import type { EncodedDraft } from '../../src/services/catalog/garment.draft.js';
import { embeddingsEntry } from '../../src/services/catalog/sample.archive.js';
import { embeddingLine } from '../../src/services/catalog/shipped.embedding.js';
import { EmbeddingRepository } from '../../src/store/embedding.repository.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { ImageRepository } from '../../src/store/image.repository.js';
import { drawGarment } from '../garment-drawing/garment.drawing.js';
import { sampleCatalog, type SampleGarment } from '../garment-drawing/sample.catalog.js';
import { rasterize } from './rasterize.js';
import type { Database } from '../../src/store/database/database.types.js';

/** Width of a picture in pixels. Drawings are 3 : 4, so the height is 512 pixels, the most that a catalog stores. */
const PICTURE_WIDTH = 384;
/** All entries have the same date, so that the same catalog gives the same bytes. */
const DATE = new Date('2026-01-01T00:00:00Z');

/** Returns a picture of the sample as a plain JPEG of about 14 kB, which a catalog stores byte for byte. */
export function samplePicture({ drawing }: SampleGarment): Promise<Uint8Array> {
  return rasterize(drawGarment(drawing), PICTURE_WIDTH, 'mozjpeg');
}

/**
 * Writes the archive and returns the number of garments.
 * @param database an empty database, so that every garment is embedded as a new one
 */
export async function writeSampleArchive(
  path: string,
  { encoders, database }: { encoders: Encoders; database: Database },
): Promise<number> {
  const sample = sampleCatalog();
  const pictures = await Promise.all(sample.map(samplePicture));
  const encoded = await encode(inputsOf(sample, pictures), { encoders, database });
  const archive = pack();
  const add = (name: string, content: string | Uint8Array): unknown =>
    archive.entry({ name, mtime: DATE }, typeof content === 'string' ? content : Buffer.from(content));
  add(METADATA_FILE, sample.map(metadataLine).join(''));
  const lines = encoded.map(({ draft, embedding }) => embeddingLine(draft, embedding!));
  add(embeddingsEntry(encoders.bundle.id), lines.join(''));
  sample.forEach(({ sku }, i) => add(pictureEntry(sku), pictures[i]!));
  archive.finalize();
  await pipeline(archive, createWriteStream(`${path}.unfinished`));
  await rename(`${path}.unfinished`, path);
  return sample.length;
}

export function metadataLine({ drawing: _, ...garment }: SampleGarment): string {
  return `${JSON.stringify({ ...garment, image: pictureEntry(garment.sku) })}\n`;
}

export function pictureEntry(sku: string): string {
  return `images/${sku}.jpg`;
}

function inputsOf(sample: SampleGarment[], pictures: Uint8Array[]): GarmentInput[] {
  return sample.map(({ drawing: _, ...garment }, i) => ({ ...garment, image: { kind: 'bytes', bytes: pictures[i]! } }));
}

/** Embeds the garments in the same way as an upsert. */
async function encode(
  inputs: GarmentInput[],
  { encoders, database }: { encoders: Encoders; database: Database },
): Promise<EncodedDraft[]> {
  const ctx = { storeId: DEFAULT_STORE_ID };
  const garments = new GarmentRepository(database);
  const embeddings = new EmbeddingRepository(database);
  const images = new ImageRepository(database);
  const reader = new QueryEncoder({ encoders, garments, embeddings });
  const fetcher = new CatalogPictureFetcher();
  const drafts = new GarmentDraftReader({
    garments,
    pictures: new GarmentDraftPictures({ encoders, queryEncoder: reader, fetcher, garments, images }),
  });
  const { drafts: garmentDrafts, failed } = await drafts.read(ctx, inputs);
  if (failed.length > 0) throw new Error(`The catalog refused a sample garment: ${JSON.stringify(failed[0])}`);
  return new GarmentDraftEncoder({ encoders, queryEncoder: reader, embeddings, images }).encode(ctx, garmentDrafts);
}
