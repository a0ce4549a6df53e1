// Where the pieces of a look lie: what is worn from head to foot one under the other, and beside it what is worn over it or
// carried. Lengths are hundredths of the picture's width. Pure; knows no pixels.
import type { OutfitSlot } from '../../domain/outfit/slot.js';

export const WIDTH = 100;
export const HEIGHT = 125;

export interface ItemPosition {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The most that a piece takes, so that a coat is larger than a hat: some 0.55 of a hundredth for a centimetre. */
const MOST: Readonly<Record<OutfitSlot, { width: number; height: number }>> = {
  HEAD: { width: 19, height: 14 },
  TOP: { width: 40, height: 38 },
  BOTTOM: { width: 30, height: 50 },
  FULL_BODY: { width: 44, height: 74 },
  OUTER: { width: 41, height: 48 },
  FEET: { width: 24, height: 15 },
  ACCESSORY: { width: 20, height: 22 },
};
const BODY: readonly OutfitSlot[] = ['HEAD', 'TOP', 'FULL_BODY', 'BOTTOM', 'FEET'];
/** Between pieces one under the other. */
const GAP = 2.5;
const COLUMN_GAP = 6;
/** Free at each side of the whole. */
const MARGIN = 6;
/** A look of few pieces fills the picture only up to this. */
const MOST_ENLARGED = 1.3;

/** A place for each piece, in their order. @param pieces with their shapes, of which only the proportion counts */
export function arrangeItems(pieces: readonly { slot: OutfitSlot; width: number; height: number }[]): ItemPosition[] {
  const fitted = pieces.map((piece, i) => ({ i, slot: piece.slot, ...fittedTo(piece) }));
  const body = BODY.flatMap((slot) => fitted.filter((piece) => piece.slot === slot));
  const beside = fitted.filter(({ slot }) => !BODY.includes(slot)).sort((a, b) => b.height - a.height);
  const widthOf = (column: typeof fitted): number => Math.max(0, ...column.map(({ width }) => width));
  const apart = (widthOf(beside) + widthOf(body)) / 2 + (beside.length > 0 && body.length > 0 ? COLUMN_GAP : 0);
  const stacks = [...stacked(beside, 0), ...stacked(body, beside.length > 0 ? apart : 0)];
  return filling(stacks.sort((a, b) => a.i - b.i));
}

/** The whole centred on the picture, as large as its margins allow and not much larger than its slots do. */
function filling(places: readonly ItemPosition[]): ItemPosition[] {
  const left = Math.min(...places.map((place) => place.left));
  const top = Math.min(...places.map((place) => place.top));
  const width = Math.max(...places.map((place) => place.left + place.width)) - left;
  const height = Math.max(...places.map((place) => place.top + place.height)) - top;
  const scale = Math.min(MOST_ENLARGED, (WIDTH - 2 * MARGIN) / width, (HEIGHT - 2 * MARGIN) / height);
  return places.map((place) => ({
    left: (WIDTH - width * scale) / 2 + (place.left - left) * scale,
    top: (HEIGHT - height * scale) / 2 + (place.top - top) * scale,
    width: place.width * scale,
    height: place.height * scale,
  }));
}

/** As large as its slot allows, in its proportion. */
function fittedTo({ slot, width, height }: { slot: OutfitSlot; width: number; height: number }): {
  width: number;
  height: number;
} {
  const scale = Math.min(MOST[slot].width / width, MOST[slot].height / height);
  return { width: width * scale, height: height * scale };
}

/** One under the other around a middle line, and around the height 0. */
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
