// Where on the body a garment is worn: which slot of a look its category fills. Categories are the labels that the head is
// trained with, whatever their case; a merchant's own words fall back on the try-on type. migrations/0010 has the same table
// for the database's index, and a test holds the two together.
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

/** Known, and part of no look: underwear, sleepwear, hosiery, swimwear, cosmetics, sports goods, gifts. */
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

/** The slot that a garment fills; null where it belongs to no look. */
export function slotOf(garment: { category: string | null; garmentType: GarmentType | null }): OutfitSlot | null {
  const named = SLOT_OF_CATEGORY.get(garment.category?.trim().toLowerCase() ?? '');
  if (named !== undefined) return named;
  return garment.garmentType && SLOT_OF_TYPE[garment.garmentType];
}

/** Slots that are worn instead of each other, beside the slot itself. */
const INSTEAD_OF: Readonly<Partial<Record<OutfitSlot, readonly OutfitSlot[]>>> = {
  FULL_BODY: ['TOP', 'BOTTOM'],
  TOP: ['FULL_BODY'],
  BOTTOM: ['FULL_BODY'],
};

/** Whether two pieces would be worn in one place. */
export function shareBodyArea(a: OutfitSlot, b: OutfitSlot): boolean {
  return a === b || (INSTEAD_OF[a]?.includes(b) ?? false);
}

/** What the rules judge a garment by. */
export type OutfitItemFacts = Pick<
  Garment,
  'title' | 'category' | 'garmentType' | 'color' | 'gender' | 'usage' | 'tags'
>;

export interface OutfitItem extends OutfitItemFacts, Pick<Garment, 'id' | 'sku' | 'price'> {
  slot: OutfitSlot;
  /** Unit length, or all 0 where nothing is known; the same length for every piece of one model. */
  style: Float32Array;
}

/** What one rule says of two pieces. */
export interface PairAssessment {
  /** 0: not together; 1: made for each other. */
  score: number;
  /** Why it is not more, in words that go on from "… and …: "; null where nothing speaks against them. */
  reason: LocalizedText | null;
}

export const AGREED: PairAssessment = { score: 1, reason: null };

/** Shared by all rules. Labels may be a merchant's own words, so there is no end of pairs. */
const room = new MemoryBudget(MEMORY_BOUNDS.labelVerdicts);
/** Places in two maps, and a map for each first label. */
const ENTRY_BYTES = 300;

/** The same judge with a memory, which is emptied at its bound. @param judge of two labels, neither null */
export function memoized(judge: (a: string, b: string) => PairAssessment): (a: string, b: string) => PairAssessment {
  const known = new Map<string, Map<string, PairAssessment>>();
  let [taken, pairs] = [0, 0];
  const forgetAll = (): void => {
    known.clear();
    room.give(taken, pairs);
    [taken, pairs] = [0, 0];
  };
  return (a, b) => {
    const found = known.get(a)?.get(b);
    if (found) return found;
    const verdict = judge(a, b);
    const bytes = ENTRY_BYTES + heapBytes([a, b, verdict]);
    if (!room.take(bytes)) {
      forgetAll();
      if (!room.take(bytes)) return verdict;
    }
    taken += bytes;
    pairs += 1;
    const row = known.get(a) ?? new Map<string, PairAssessment>();
    known.set(a, row.set(b, verdict));
    return verdict;
  };
}
