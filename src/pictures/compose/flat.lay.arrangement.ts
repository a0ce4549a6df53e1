// Positions of outfit items in a flat lay, in hundredths of the picture's width.
// Items worn from head to foot form one column; outerwear and accessories form a second one.
import type { OutfitSlot } from '../../domain/outfit/slot.js';

export const WIDTH = 100;
export const HEIGHT = 125;

export interface ItemPosition {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Largest size per slot, so that a coat is larger than a hat: about 0.0055 per centimeter. */
const LARGEST: Readonly<Record<OutfitSlot, { width: number; height: number }>> = {
  HEAD: { width: 19, height: 14 },
  TOP: { width: 40, height: 38 },
  BOTTOM: { width: 30, height: 50 },
  FULL_BODY: { width: 44, height: 74 },
  OUTER: { width: 41, height: 48 },
  FEET: { width: 24, height: 15 },
  ACCESSORY: { width: 20, height: 22 },
};
const BODY: readonly OutfitSlot[] = ['HEAD', 'TOP', 'FULL_BODY', 'BOTTOM', 'FEET'];
/** Gap between items in a column. */
const GAP = 2.5;
const COLUMN_GAP = 6;
/** Free margin on each side of the picture. */
const MARGIN = 6;
/** Largest scale: an outfit of few items does not fill the picture beyond it. */
const MAX_SCALE = 1.3;

/**
 * Returns a position for each item, in their order. @param items items with their shapes; only the proportions count
 */
export function arrangeItems(items: readonly { slot: OutfitSlot; width: number; height: number }[]): ItemPosition[] {
  const fitted = items.map((item, i) => ({ i, slot: item.slot, ...fittedToSlot(item) }));
  const body = BODY.flatMap((slot) => fitted.filter((item) => item.slot === slot));
  const beside = fitted.filter(({ slot }) => !BODY.includes(slot)).sort((a, b) => b.height - a.height);
  const widthOf = (column: typeof fitted): number => Math.max(0, ...column.map(({ width }) => width));
  const apart = (widthOf(beside) + widthOf(body)) / 2 + (beside.length > 0 && body.length > 0 ? COLUMN_GAP : 0);
  const stacks = [...stacked(beside, 0), ...stacked(body, beside.length > 0 ? apart : 0)];
  return scaledToPicture(stacks.sort((a, b) => a.i - b.i));
}

/** Centers the outfit on the picture, as large as the margins and MAX_SCALE allow. */
function scaledToPicture(places: readonly ItemPosition[]): ItemPosition[] {
  const left = Math.min(...places.map((place) => place.left));
  const top = Math.min(...places.map((place) => place.top));
  const width = Math.max(...places.map((place) => place.left + place.width)) - left;
  const height = Math.max(...places.map((place) => place.top + place.height)) - top;
  const scale = Math.min(MAX_SCALE, (WIDTH - 2 * MARGIN) / width, (HEIGHT - 2 * MARGIN) / height);
  return places.map((place) => ({
    left: (WIDTH - width * scale) / 2 + (place.left - left) * scale,
    top: (HEIGHT - height * scale) / 2 + (place.top - top) * scale,
    width: place.width * scale,
    height: place.height * scale,
  }));
}

/** Returns the largest size that the slot allows, in proportion. */
function fittedToSlot({ slot, width, height }: { slot: OutfitSlot; width: number; height: number }): {
  width: number;
  height: number;
} {
  const scale = Math.min(LARGEST[slot].width / width, LARGEST[slot].height / height);
  return { width: width * scale, height: height * scale };
}

/** Stacks items in a column around a vertical middle line, centered at height 0. */
function stacked(
  column: readonly { i: number; width: number; height: number }[],
  middle: number,
): (ItemPosition & { i: number })[] {
  const total = column.reduce((sum, { height }) => sum + height, 0) + GAP * Math.max(0, column.length - 1);
  let top = -total / 2;
  return column.map(({ i, width, height }) => {
    const place = { i, left: middle - width / 2, top, width, height };
    top += height + GAP;
    return place;
  });
}
