// A look to hold ours against: the same match, and in every other slot a garment by chance that passes the same filter and is cut
// for the same people. Knows no rule of what goes together.
import type { Random } from '../../src/domain/shared/random.js';
import { gendersWith } from '../../src/domain/outfit/gender.rule.js';
import { slotOf, type OutfitSlot } from '../../src/domain/outfit/slot.js';
import type { GarmentType, Gender } from '../../src/domain/catalog/garment.js';

/** A garment of the catalog, as far as looks are drawn by chance. */
export interface Stocked {
  sku: string;
  category: string | null;
  garmentType: GarmentType | null;
  gender: Gender | null;
}

export interface SlotPiece {
  slot: OutfitSlot;
  sku: string;
}

/**
 * Null where chance finds nobody for a slot.
 * @param match stays as it is
 * @param stock what is in stock and passes the filter
 */
export function rivalOf(
  look: readonly SlotPiece[],
  match: string,
  stock: ReadonlyMap<string, Stocked>,
  random: Random,
): SlotPiece[] | null {
  const people = gendersWith([stock.get(match)?.gender ?? null]);
  const ours = new Set(look.map(({ sku }) => sku));
  const others = [...stock.values()].filter(({ sku, gender }) => !ours.has(sku) && gender && people.includes(gender));
  const rival = look.map((piece): SlotPiece | null => {
    if (piece.sku === match) return piece;
    const fitting = others.filter((one) => slotOf(one) === piece.slot);
    return fitting.length > 0 ? { slot: piece.slot, sku: random.pick(fitting).sku } : null;
  });
  return rival.every((piece) => piece !== null) ? rival : null;
}
