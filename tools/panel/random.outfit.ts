// Random outfits to compare with: same matched garment, other slots filled at random.
import type { Random } from '../../src/domain/shared/random.js';
import { gendersWith } from '../../src/domain/outfit/gender.rule.js';
import { slotOf, type OutfitSlot } from '../../src/domain/outfit/slot.js';
import type { GarmentType, Gender } from '../../src/domain/catalog/garment.js';

/** A garment in stock that a random outfit can contain. */
export interface StockedGarment {
  sku: string;
  category: string | null;
  garmentType: GarmentType | null;
  gender: Gender | null;
}

export interface SlotItem {
  slot: OutfitSlot;
  sku: string;
}

/**
 * Returns a random outfit with the same slots, or null if the stock has no garment for a slot.
 * The other garments fit the same people as the matched garment. No pair rules are applied.
 * @param match sku that both outfits share
 * @param stock garments in stock that pass the filter, by sku
 */
export function randomOutfit(
  outfit: readonly SlotItem[],
  match: string,
  stock: ReadonlyMap<string, StockedGarment>,
  random: Random,
): SlotItem[] | null {
  const people = gendersWith([stock.get(match)?.gender ?? null]);
  const ownSkus = new Set(outfit.map(({ sku }) => sku));
  const others = [...stock.values()].filter(
    ({ sku, gender }) => !ownSkus.has(sku) && gender && people.includes(gender),
  );
  const candidate = outfit.map((item): SlotItem | null => {
    if (item.sku === match) return item;
    const fitting = others.filter((garment) => slotOf(garment) === item.slot);
    return fitting.length > 0 ? { slot: item.slot, sku: random.pick(fitting).sku } : null;
  });
  return candidate.every((item) => item !== null) ? candidate : null;
}
