// Stored pictures, read only: they are written with their garments.
import type { PictureSource } from '../domain/catalog/garment.js';
import type { StoreContext } from '../domain/access/store.context.js';
import type { Database } from './database/database.types.js';

export interface StoredImage {
  bytes: Uint8Array;
  /** SHA-256 in hex. The URL of the picture contains it. */
  hash: string;
}

export class ImageRepository {
  constructor(private readonly database: Database) {}

  /** Returns the picture of a garment, or null if the garment or its picture is missing. */
  async find(ctx: StoreContext, garmentId: string): Promise<StoredImage | null> {
    // ids come from URLs: text that is not an id finds no garment, and no cast fails
    if (!/^[1-9]\d{0,17}$/.test(garmentId)) return null;
    const [image] = await this.database
      .within(ctx)
      .query<{ bytes: Buffer; hash: string }>(
        'select bytes, content_hash as hash from garment_images where store_id = $1 and garment_id = $2',
        [ctx.storeId, garmentId],
      );
    return image ?? null;
  }

  /**
   * Returns the pictures of these garments by garment id. Garments that do not exist or have no picture are left out.
   */
  async findAll(ctx: StoreContext, garmentIds: readonly string[]): Promise<Map<string, StoredImage>> {
    const rows = await this.database.within(ctx).query<{ garmentId: string; bytes: Buffer; hash: string }>(
      `select garment_id as "garmentId", bytes, content_hash as hash
       from garment_images where store_id = $1 and garment_id = any($2::bigint[])`,
      [ctx.storeId, garmentIds],
    );
    return new Map(rows.map(({ garmentId, ...image }) => [garmentId, image]));
  }

  /**
   * Returns the URLs that the pictures of these garments were downloaded from, by garment id. Uploaded pictures are
   * left out.
   */
  async sourcesOf(ctx: StoreContext, garmentIds: readonly string[]): Promise<Map<string, PictureSource>> {
    if (garmentIds.length === 0) return new Map();
    const rows = await this.database.within(ctx).query<PictureSource & { garmentId: string }>(
      `select garment_id as "garmentId", source_url as url, source_etag as etag, source_modified as "lastModified"
       from garment_images
       where store_id = $1 and garment_id = any($2::bigint[]) and source_url is not null`,
      [ctx.storeId, garmentIds],
    );
    return new Map(rows.map(({ garmentId, ...source }) => [garmentId, source]));
  }
}
