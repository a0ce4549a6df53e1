// Sample catalog: about 300 drawn garments with all fields that a merchant would fill in.
import { garmentOf, RACKS, type Choice } from './assortment.js';
import type { Pattern } from './cloth.js';
import type { GarmentDrawing } from './garment.drawing.js';
import type { ColorLabel } from './palette.js';
import { seededRandom, type Random } from '../../src/domain/shared/random.js';
import { sizesFor } from './sizing.js';
import type { DrawnGender, DrawnType, DrawnUsage, Rack, Style } from './style.js';
import { describe, HOUSE_LABELS, PATTERN_WORDS, shopTitle } from './wording.js';

export interface SampleGarment {
  /** Project, first letters of the type and number within the type, such as "FR-DR-001". */
  sku: string;
  title: string;
  description: string;
  brand: string;
  category: string;
  garmentType: DrawnType;
  color: ColorLabel;
  material: string;
  gender: DrawnGender;
  usage: DrawnUsage;
  tags: string[];
  sizes: string[];
  price: { amount: string; currency: 'EUR' };
  inStock: boolean;
  drawing: GarmentDrawing;
}

const PER_TYPE = 30;
const SEED = 20_240;
const SKU_LETTERS: Record<DrawnType, string> = {
  DRESS: 'DR',
  HAT: 'HA',
  LONG_SLEEVE: 'LS',
  OUTERWEAR: 'OU',
  PANTS: 'PA',
  SHIRT: 'SH',
  SHOES: 'FW',
  SHORTS: 'SO',
  SKIRT: 'SK',
  T_SHIRT: 'TS',
};

/**
 * Returns the same garments in the same order every time: 30 of each type, all different in style, color or pattern.
 */
export function sampleCatalog(): SampleGarment[] {
  return RACKS.flatMap((rack, index) => typeCatalog(rack, seededRandom(SEED + index)));
}

function typeCatalog(rack: Rack, random: Random): SampleGarment[] {
  const titles = new Set<string>();
  return choices(rack, random).map(({ style, choice }, index) => {
    const drawing = garmentOf(rack.garmentType, style, choice, random);
    const title = uniqueText(titles, () => shopTitle(drawing, random));
    return garment(drawing, style, { title, number: index + 1 }, random);
  });
}

interface Pick {
  style: Style;
  choice: Choice;
}

/** Garments that every shop has and demonstrations search for. They come first within their type. */
const STAPLES: Partial<Record<DrawnType, readonly [styleName: string, color: ColorLabel, pattern: Pattern][]>> = {
  DRESS: [
    ['A-line midi dress', 'Red', 'striped'],
    ['skater dress', 'Red', 'plain'],
    ['wrap dress', 'Navy Blue', 'floral'],
    ['shirt dress', 'Blue', 'plain'],
    ['sheath dress', 'Red', 'plain'],
    ['slip dress', 'Red', 'plain'],
  ],
  HAT: [['baseball cap', 'Blue', 'plain']],
  LONG_SLEEVE: [['hoodie', 'Black', 'plain']],
  OUTERWEAR: [['denim jacket', 'Blue', 'plain']],
  PANTS: [['slim jeans', 'Blue', 'plain']],
  SHIRT: [
    ['striped shirt', 'Blue', 'striped'],
    ['striped shirt', 'Navy Blue', 'striped'],
    ['dress shirt', 'White', 'plain'],
  ],
  SHOES: [
    ['Oxford shoes', 'Black', 'plain'],
    ['stiletto pumps', 'Black', 'plain'],
    ['running shoes', 'Black', 'plain'],
    ['canvas sneakers', 'White', 'plain'],
    ['striped sneakers', 'Blue', 'plain'],
    ['ballet flats', 'Black', 'plain'],
  ],
  SHORTS: [['denim shorts', 'Blue', 'plain']],
  SKIRT: [
    ['denim mini skirt', 'Blue', 'plain'],
    ['floral midi skirt', 'Pink', 'floral'],
  ],
  T_SHIRT: [
    ['crew-neck T-shirt', 'White', 'plain'],
    ['V-neck T-shirt', 'White', 'plain'],
    ['crew-neck T-shirt', 'Black', 'plain'],
    ['crew-neck T-shirt', 'Blue', 'plain'],
  ],
};

/** Returns the staples, then one garment of each style in turn, each in the rarest color of the type so far. */
function choices({ garmentType, styles }: Rack, random: Random): Pick[] {
  const picks = (STAPLES[garmentType] ?? []).map(([name, color, pattern]) => ({
    style: named(styles, name),
    choice: { color, pattern },
  }));
  const countByColor = new Map<ColorLabel, number>();
  const countColor = ({ choice: { color } }: Pick): unknown =>
    countByColor.set(color, (countByColor.get(color) ?? 0) + 1);
  picks.forEach(countColor);
  const turns = styles.map((style) => ({ style, offers: shuffled(offersOf(style), random) }));
  while (picks.length < PER_TYPE) {
    for (const { style, offers } of turns.slice(0, PER_TYPE - picks.length)) {
      const newOffers = offers.filter(
        ({ color }) => !picks.some((pick) => pick.style === style && pick.choice.color === color),
      );
      const [choice] = newOffers.sort((a, b) => (countByColor.get(a.color) ?? 0) - (countByColor.get(b.color) ?? 0));
      if (!choice) continue;
      picks.push({ style, choice });
      countColor({ style, choice });
    }
  }
  return picks;
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function named(styles: readonly Style[], name: string): Style {
  const style = styles.find((each) => each.name === name);
  if (!style) throw new RangeError(`unknown style: ${name}`);
  return style;
}

/** Returns every color of a style once, with the style's patterns in turn. */
function offersOf({ colors, patterns }: Style): Choice[] {
  return [...new Set(colors)].map((color, index) => ({ color, pattern: patterns[index % patterns.length]! }));
}

function uniqueText(usedTexts: Set<string>, createText: () => string): string {
  let text = createText();
  for (let tries = 0; usedTexts.has(text) && tries < 20; tries += 1) text = createText();
  usedTexts.add(text);
  return text;
}

function garment(
  drawing: GarmentDrawing,
  style: Style,
  { title, number }: { title: string; number: number },
  random: Random,
): SampleGarment {
  const { garmentType, category, color, material, gender, usage, pattern } = drawing;
  const print = PATTERN_WORDS[pattern];
  return {
    sku: `FR-${SKU_LETTERS[garmentType]}-${String(number).padStart(3, '0')}`,
    title,
    description: describe(drawing, style, random),
    brand: random.pick(HOUSE_LABELS),
    category,
    garmentType,
    color,
    material,
    gender,
    usage,
    tags: [...new Set([...(print ? [print] : []), ...style.tags])],
    sizes: sizesFor(garmentType, gender, random),
    price: { amount: priceWithin(style.price, random), currency: 'EUR' },
    // about one garment in sixteen is sold out
    inStock: !random.chance(1 / 16),
    drawing,
  };
}

/** Returns a price of whole euros minus 10, 5 or 0 cents, as is common in shops. */
function priceWithin([low, high]: readonly [number, number], random: Random): string {
  const whole = Math.round(random.between(low, high));
  return `${whole}.${random.pick(['90', '95', '00'])}`;
}
