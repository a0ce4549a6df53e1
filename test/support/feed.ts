// Reading of a catalog file as the server does it.
import type { CatalogFormat, ImportError } from '../../src/domain/catalog/catalog.import.js';
import type { GarmentInput } from '../../src/domain/catalog/garment.input.js';
import { openFeed, type FeedOptions } from '../../src/feeds/catalog.feed.js';
import { isFailure, type FeedGarment } from '../../src/feeds/feed.js';

export const NOW = new Date('2026-11-25T12:00:00Z');

export interface ReadFeed {
  format: CatalogFormat;
  garments: GarmentInput[];
  /** Row numbers of the garments. */
  rows: number[];
  pictures: Record<string, string>;
  failures: ImportError[];
}

/** Reads a file. @param chunkBytes size of the chunks: small, to cut every row somewhere */
export async function readFeed(
  file: Uint8Array | string,
  options: Partial<FeedOptions> = {},
  chunkBytes = 1_000_003,
): Promise<ReadFeed> {
  const bytes = Buffer.from(file as string);
  const source = () => chunksOf(bytes, chunkBytes);
  const feed = await openFeed(source, {
    format: null,
    currency: null,
    limit: null,
    maxBytes: 1e9,
    now: NOW,
    ...options,
  });
  const failures: ImportError[] = [];
  const feedGarments: FeedGarment[] = [];
  for await (const item of feed.items) (isFailure(item) ? failures : feedGarments).push(item as never);
  return {
    format: feed.format,
    garments: feedGarments.map(({ input }) => input),
    rows: feedGarments.map(({ row }) => row),
    pictures: Object.fromEntries(
      feedGarments.flatMap(({ input, picture }) => (picture ? [[input.sku, Buffer.from(picture).toString()]] : [])),
    ),
    failures,
  };
}

// eslint-disable-next-line @typescript-eslint/require-await -- a file in memory has nothing to wait for
export async function* chunksOf(bytes: Buffer, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

/** Returns the error code with which reading a file fails, or 'read' if it succeeds. */
export async function codeOf(reading: Promise<unknown>): Promise<string> {
  return reading.then(
    () => 'read',
    (error: Error & { code?: string }) => error.code ?? error.message,
  );
}
