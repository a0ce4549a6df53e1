// The addresses of garments' pictures: who makes them and who serves them agree here.
import type { Garment } from '../domain/garment.js';
import type { StoreContext } from '../domain/store.context.js';

export const PICTURES_PATH = '/images';

/** Stored pictures are at most this wide; a wider one is not made up. In pixels. */
export const FULL_WIDTH = 512;

/** Under it a garment is no longer to be recognised. */
const LEAST_WIDTH = 16;

/** The width that is served for the one that was asked for. */
export function servedWidth(width: number): number {
  return Math.min(FULL_WIDTH, Math.max(LEAST_WIDTH, Math.round(width)));
}

/** How a picture's content shows in its address: what an address once led to it leads to for ever. */
export function contentKey(imageHash: string): string {
  return imageHash.slice(0, 12);
}

/** Absolute path on this server, or null for a garment without a picture. */
export function pictureAddress(
  store: StoreContext,
  garment: Pick<Garment, 'id' | 'imageHash'>,
  width?: number | null,
): string | null {
  if (garment.imageHash === null) return null;
  const path = `${PICTURES_PATH}/${encodeURIComponent(store.storeId)}/${garment.id}-${contentKey(garment.imageHash)}.webp`;
  return width == null ? path : `${path}?width=${servedWidth(width)}`;
}
