// URL paths of garment pictures and outfit previews.
import type { Garment } from '../../domain/catalog/garment.js';
import type { OutfitPiece } from '../../domain/outfit/outfit.js';
import { OUTFIT_SLOTS, type OutfitSlot } from '../../domain/outfit/slot.js';
import type { StoreContext } from '../../domain/access/store.context.js';

export const PICTURES_PATH = '/images';

/** Width of stored pictures in pixels. Pictures are never enlarged. */
export const FULL_WIDTH = 512;

/** Smallest width in pixels. Below it a garment is not recognizable. */
const MIN_WIDTH = 16;

/** Returns the served width for a requested width, 16 to 512 pixels. */
export function servedWidth(width: number): number {
  return Math.min(FULL_WIDTH, Math.max(MIN_WIDTH, Math.round(width)));
}

/** Returns the part of a URL that identifies the content of a picture. A URL always leads to the same content. */
export function contentKey(imageHash: string): string {
  return imageHash.slice(0, 12);
}

/** Returns the absolute path of a picture on this server, or null for a garment without a picture. */
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

/** Default width and range of outfit previews, in pixels. */
const PREVIEW_WIDTH = { usual: 640, least: 64, most: 1024 } as const;

export function servedOutfitWidth(width: number | null): number {
  return Math.min(PREVIEW_WIDTH.most, Math.max(PREVIEW_WIDTH.least, Math.round(width ?? PREVIEW_WIDTH.usual)));
}

/** An outfit item in the URL of a preview: slot, garment and content of its picture. */
export interface PreviewItem {
  slot: OutfitSlot;
  garmentId: string;
  key: string;
}

/**
 * Returns the absolute path of an outfit preview on this server. The path contains the slots as well as the picture
 * content, so a garment that moves to another slot gets a new path and a path always leads to the same content. Items
 * without a picture are left out.
 */
export function outfitPreviewAddress(
  store: StoreContext,
  pieces: readonly OutfitPiece[],
  width?: number | null,
): string {
  const segments = pieces.flatMap(({ slot, garment: { id, imageHash } }) =>
    imageHash === null ? [] : [`${slot.toLowerCase().replace('_', '-')}~${id}~${contentKey(imageHash)}`],
  );
  const path = `${OUTFITS_PATH}/${encodeURIComponent(store.storeId)}/${segments.join('.')}.png`;
  return width == null ? path : `${path}?width=${servedOutfitWidth(width)}`;
}

/**
 * Returns the items in the last segment of a preview path, at most one for each slot, or null for an invalid segment.
 */
export function previewItems(file: string): PreviewItem[] | null {
  if (!file.endsWith('.png')) return null;
  const items = file.slice(0, -'.png'.length).split('.').map(parsePreviewItem);
  const valid = items.filter((item) => item !== null);
  const slots = new Set(valid.map(({ slot }) => slot));
  return valid.length === items.length && slots.size === valid.length ? valid : null;
}

function parsePreviewItem(part: string): PreviewItem | null {
  const [, slotName, garmentId, key] = /^([a-z-]{3,9})~([1-9]\d{0,17})~([0-9a-f]{12})$/.exec(part) ?? [];
  const slot = OUTFIT_SLOTS.find((candidate) => candidate === slotName?.replace('-', '_').toUpperCase());
  return slot && garmentId && key ? { slot, garmentId, key } : null;
}
