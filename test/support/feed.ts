// Reads a catalog file as the server does, for tests of what comes of which bytes.
import type { CatalogFormat, ImportError } from '../../src/domain/catalog/catalog.import.js';
import type { GarmentInput } from '../../src/domain/catalog/garment.input.js';
import { openFeed, type FeedOptions } from '../../src/feeds/catalog.feed.js';
import { isFailure, type FeedGarment } from '../../src/feeds/feed.js';

export const NOW = new Date('2026-11-25T12:00:00Z');

export interface ReadFeed {
  format: CatalogFormat;
  garments: GarmentInput[];
  /** Rows of the garments. */
  rows: number[];
  pictures: Record<string, string>;
  failures: ImportError[];
}

/** @param chunkBytes how much of the file comes at a time: small, to cut everything somewhere */
export async function readFeed(
  file: Uint8Array | string,
  wish: Partial<FeedOptions> = {},
  chunkBytes = 1_000_003,
): Promise<ReadFeed> {
  const bytes = Buffer.from(file as string);
  const source = () => chunksOf(bytes, chunkBytes);
  const feed = await openFeed(source, { format: null, currency: null, limit: null, maxBytes: 1e9, now: NOW, ...wish });
  const failures: ImportError[] = [];
  const found: FeedGarment[] = [];
  for await (const item of feed.items) (isFailure(item) ? failures : found).push(item as never);
  return {
    format: feed.format,
    garments: found.map(({ input }) => input),
    rows: found.map(({ row }) => row),
    pictures: Object.fromEntries(
      found.flatMap(({ input, picture }) => (picture ? [[input.sku, Buffer.from(picture).toString()]] : [])),
    ),
    failures,
  };
}

// eslint-disable-next-line @typescript-eslint/require-await -- a file in memory has nothing to wait for
export async function* chunksOf(bytes: Buffer, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

/** The code that the reading of a whole file ends with; 'read' where it does not. */
export async function codeOf(reading: Promise<unknown>): Promise<string> {
  return reading.then(
    () => 'read',
    (error: Error & { code?: string }) => error.code ?? error.message,
  );
}
