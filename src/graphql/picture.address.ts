// The addresses of garments' pictures: who makes them and who serves them agree here.
import type { Garment } from '../domain/garment.js';
import type { StoreContext } from '../domain/store.context.js';

export const PICTURES_PATH = '/images';

/** Widths that pictures are served in, in pixels. Few, so that caches hold each once; stored pictures end at 512. */
export const PICTURE_WIDTHS = [64, 96, 128, 192, 256, 320, 384, 512] as const;
export const FULL_WIDTH = 512;

/** The smallest width served that is at least `width`; the largest for anything beyond. */
export function servedWidth(width: number): number {
  return PICTURE_WIDTHS.find((served) => served >= width) ?? FULL_WIDTH;
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
