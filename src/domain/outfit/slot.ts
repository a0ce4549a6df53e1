// Outfit slots, and the categories and garment types that fill them.
// migrations/0010 repeats this table for the database index; a test compares both.
import type { GarmentType, Garment } from '../catalog/garment.js';
import type { LocalizedText } from '../text/language.js';
import { MEMORY_BOUNDS } from '../../memory/bounds.js';
import { heapBytes } from '../../memory/heap.size.js';
import { MemoryBudget } from '../../memory/memory.budget.js';

export const OUTFIT_SLOTS = ['HEAD', 'TOP', 'BOTTOM', 'FULL_BODY', 'OUTER', 'FEET', 'ACCESSORY'] as const;
export type OutfitSlot = (typeof OUTFIT_SLOTS)[number];

export const CATEGORIES_OF_SLOT: Readonly<Record<OutfitSlot, readonly string[]>> = {
  HEAD: ['caps', 'hat', 'headband'],
  TOP: ['tshirts', 'shirts', 'tops', 'tunics', 'kurtas', 'kurtis', 'sweaters', 'sweatshirts'],
  BOTTOM: [
    ...['jeans', 'trousers', 'track pants', 'leggings', 'capris', 'jeggings', 'shorts', 'skirts'],
    ...['churidar', 'patiala', 'salwar', 'salwar and dupatta'],
  ],
  FULL_BODY: ['dresses', 'jumpsuit', 'rompers', 'sarees', 'kurta sets', 'clothing set', 'tracksuits'],
  OUTER: ['jackets', 'blazers', 'rain jacket', 'nehru jackets', 'waistcoat', 'shrug'],
  FEET: [
    ...['casual shoes', 'sports shoes', 'formal shoes', 'heels', 'flats', 'sandals', 'flip flops'],
    ...['sports sandals', 'booties'],
  ],
  ACCESSORY: [
    ...['backpacks', 'clutches', 'duffel bag', 'handbags', 'laptop bag', 'messenger bag', 'rucksacks', 'waist pouch'],
    ...['mobile pouch', 'wallets', 'belts', 'suspenders', 'ties', 'cufflinks', 'watches', 'wristbands', 'sunglasses'],
    ...['umbrellas', 'bangle', 'bracelet', 'earrings', 'jewellery set', 'necklace and chains', 'pendant', 'ring'],
    ...['gloves', 'mufflers', 'scarves', 'stoles', 'dupatta'],
  ],
};

/** Categories that fill no slot: underwear, sleepwear, hosiery, swimwear, cosmetics, sports goods, gifts. */
export const CATEGORIES_OF_NO_SLOT: readonly string[] = [
  ...['bra', 'briefs', 'boxers', 'trunk', 'innerwear vests', 'camisoles', 'shapewear', 'socks', 'stockings', 'tights'],
  ...['baby dolls', 'bath robe', 'nightdress', 'night suits', 'lounge pants', 'lounge shorts', 'swimwear'],
  ...['compact', 'concealer', 'deodorant', 'eyeshadow', 'face moisturisers', 'face wash and cleanser'],
  ...['foundation and primer', 'fragrance gift set', 'hair colour', 'highlighter and blush', 'kajal and eyeliner'],
  ...['lip care', 'lip gloss', 'lip liner', 'lipstick', 'mascara', 'mask and peel', 'nail essentials', 'nail polish'],
  ...['perfume and body mist', 'sunscreen', 'accessory gift set', 'free gifts', 'basketballs', 'footballs'],
  ...['travel accessory', 'water bottle'],
];

export const SLOT_OF_TYPE: Readonly<Record<GarmentType, OutfitSlot>> = {
  DRESS: 'FULL_BODY',
  HAT: 'HEAD',
  LONG_SLEEVE: 'TOP',
  OUTERWEAR: 'OUTER',
  PANTS: 'BOTTOM',
  SHIRT: 'TOP',
  SHOES: 'FEET',
  SHORTS: 'BOTTOM',
  SKIRT: 'BOTTOM',
  T_SHIRT: 'TOP',
};

const SLOT_OF_CATEGORY = new Map<string, OutfitSlot | null>([
  ...OUTFIT_SLOTS.flatMap((slot) => CATEGORIES_OF_SLOT[slot].map((category) => [category, slot] as const)),
  ...CATEGORIES_OF_NO_SLOT.map((category) => [category, null] as const),
]);

/**
 * Returns the slot that a garment fills, or null if it belongs to no outfit. Categories are compared without regard to
 * case.
 */
export function slotOf(garment: { category: string | null; garmentType: GarmentType | null }): OutfitSlot | null {
  const named = SLOT_OF_CATEGORY.get(garment.category?.trim().toLowerCase() ?? '');
  if (named !== undefined) return named;
  return garment.garmentType && SLOT_OF_TYPE[garment.garmentType];
}

/** For each slot, the other slots that cover the same part of the body. */
const CONFLICTING_SLOTS: Readonly<Partial<Record<OutfitSlot, readonly OutfitSlot[]>>> = {
  FULL_BODY: ['TOP', 'BOTTOM'],
  TOP: ['FULL_BODY'],
  BOTTOM: ['FULL_BODY'],
};

/** Returns true if two items cover the same part of the body. */
export function shareBodyArea(a: OutfitSlot, b: OutfitSlot): boolean {
  return a === b || (CONFLICTING_SLOTS[a]?.includes(b) ?? false);
}

/** The facts that the pair rules use. */
export type OutfitItemFacts = Pick<
  Garment,
  'title' | 'category' | 'garmentType' | 'color' | 'gender' | 'usage' | 'tags'
>;

export interface OutfitItem extends OutfitItemFacts, Pick<Garment, 'id' | 'sku' | 'price'> {
  slot: OutfitSlot;
  /** Unit vector, or all 0 without a known style. The length is the same for every item of one model. */
  style: Float32Array;
}

/** The result of one rule for two items. */
export interface PairAssessment {
  /** 0 for items that do not go together, 1 for items that go together perfectly. */
  score: number;
  /** Text that continues "… and …: " and explains the missing score; null if there is no objection. */
  reason: LocalizedText | null;
}

export const AGREED: PairAssessment = { score: 1, reason: null };

/** Shared by all rules. Labels can be a merchant's own words, so the number of pairs is unlimited. */
const memory = new MemoryBudget(MEMORY_BOUNDS.labelVerdicts);
/** Size of an entry: its places in two maps, and a map for each first label. */
const ENTRY_BYTES = 300;

/**
 * Returns the same rule with a cache that is cleared when its memory is used up.
 * @param assess rule for two non-null labels
 */
export function memoized(assess: (a: string, b: string) => PairAssessment): (a: string, b: string) => PairAssessment {
  const cache = new Map<string, Map<string, PairAssessment>>();
  let [usedBytes, pairs] = [0, 0];
  const clear = (): void => {
    cache.clear();
    memory.give(usedBytes, pairs);
    [usedBytes, pairs] = [0, 0];
  };
  return (a, b) => {
    const found = cache.get(a)?.get(b);
    if (found) return found;
    const assessment = assess(a, b);
    const bytes = ENTRY_BYTES + heapBytes([a, b, assessment]);
    if (!memory.take(bytes)) {
      clear();
      if (!memory.take(bytes)) return assessment;
    }
    usedBytes += bytes;
    pairs += 1;
    const row = cache.get(a) ?? new Map<string, PairAssessment>();
    cache.set(a, row.set(b, assessment));
    return assessment;
  };
}
