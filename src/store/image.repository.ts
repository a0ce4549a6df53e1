// Stored pictures: read only; they are written with their garments. Knows nothing of formats.
import type { PictureSource } from '../domain/catalog/garment.js';
import type { StoreContext } from '../domain/access/store.context.js';
import type { Database } from './database/database.types.js';

export interface StoredImage {
  bytes: Uint8Array;
  /** SHA-256 in hex: the picture's address carries it. */
  hash: string;
}

export class ImageRepository {
  constructor(private readonly database: Database) {}

  /** The picture of a garment, or null where the garment or its picture is missing. */
  async find(ctx: StoreContext, garmentId: string): Promise<StoredImage | null> {
    // addresses come from outside: what is no id is no garment, and not a failed cast
    if (!/^[1-9]\d{0,17}$/.test(garmentId)) return null;
    const [image] = await this.database
      .within(ctx)
      .query<{ bytes: Buffer; hash: string }>(
        'select bytes, content_hash as hash from garment_images where store_id = $1 and garment_id = $2',
        [ctx.storeId, garmentId],
      );
    return image ?? null;
  }

  /** The pictures of these garments by garment id; a garment that is not there, or has none, is missing. */
  async findAll(ctx: StoreContext, garmentIds: readonly string[]): Promise<Map<string, StoredImage>> {
    const rows = await this.database.within(ctx).query<{ garmentId: string; bytes: Buffer; hash: string }>(
      `select garment_id as "garmentId", bytes, content_hash as hash
       from garment_images where store_id = $1 and garment_id = any($2::bigint[])`,
      [ctx.storeId, garmentIds],
    );
    return new Map(rows.map(({ garmentId, ...image }) => [garmentId, image]));
  }

  /** The addresses that pictures of these garments came from, by garment id; other pictures are missing. */
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
