// The addresses of garments' pictures: who makes them and who serves them agree here.
import type { Garment } from '../../domain/catalog/garment.js';
import type { OutfitPiece } from '../../domain/outfit/outfit.js';
import { OUTFIT_SLOTS, type OutfitSlot } from '../../domain/outfit/slot.js';
import type { StoreContext } from '../../domain/access/store.context.js';

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
  const path = `${PICTURES_PATH}/${encodeURIComponent(store.storeId)}/${garment.id}-${contentKey(garment.imageHash)}.jpg`;
  return width == null ? path : `${path}?width=${servedWidth(width)}`;
}

export const OUTFITS_PATH = '/looks';

/** Width of a look's picture where none is asked for, and its bounds. In pixels. */
const LOOK_WIDTH = { usual: 640, least: 64, most: 1024 } as const;

export function servedOutfitWidth(width: number | null): number {
  return Math.min(LOOK_WIDTH.most, Math.max(LOOK_WIDTH.least, Math.round(width ?? LOOK_WIDTH.usual)));
}

/** A piece as an address has it: where it lies, which garment it is, and its picture's content. */
export interface PreviewItem {
  slot: OutfitSlot;
  garmentId: string;
  key: string;
}

/**
 * Absolute path of a look's picture on this server. Slots stand in it beside the pictures' content, so that a garment that
 * is filed elsewhere has another address: what an address once led to it leads to for ever. Pieces without picture are left out.
 */
export function outfitPreviewAddress(
  store: StoreContext,
  pieces: readonly OutfitPiece[],
  width?: number | null,
): string {
  const laid = pieces.flatMap(({ slot, garment: { id, imageHash } }) =>
    imageHash === null ? [] : [`${slot.toLowerCase().replace('_', '-')}~${id}~${contentKey(imageHash)}`],
  );
  const path = `${OUTFITS_PATH}/${encodeURIComponent(store.storeId)}/${laid.join('.')}.png`;
  return width == null ? path : `${path}?width=${servedOutfitWidth(width)}`;
}

/** The pieces that the last part of such a path names, each slot once; null where it is none. */
export function previewItems(file: string): PreviewItem[] | null {
  if (!file.endsWith('.png')) return null;
  const pieces = file.slice(0, -'.png'.length).split('.').map(laidPiece);
  const whole = pieces.filter((piece) => piece !== null);
  const slots = new Set(whole.map(({ slot }) => slot));
  return whole.length === pieces.length && slots.size === whole.length ? whole : null;
}

function laidPiece(part: string): PreviewItem | null {
  const [, name, garmentId, key] = /^([a-z-]{3,9})~([1-9]\d{0,17})~([0-9a-f]{12})$/.exec(part) ?? [];
  const slot = OUTFIT_SLOTS.find((one) => one === name?.replace('-', '_').toUpperCase());
  return slot && garmentId && key ? { slot, garmentId, key } : null;
}
