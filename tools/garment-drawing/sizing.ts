// European sizes of garments.
import type { Random } from '../../src/domain/shared/random.js';
import type { DrawnGender, DrawnType } from './style.js';

const LETTERS = ['XS', 'S', 'M', 'L', 'XL', 'XXL'] as const;
/** Body height in centimeters. */
const CHILDREN = ['98', '104', '110', '116', '122', '128', '134', '140', '146', '152'] as const;
const WOMENS_DRESS = ['34', '36', '38', '40', '42', '44'] as const;
/** Waist in inches. */
const MENS_TROUSERS = ['28', '30', '31', '32', '33', '34', '36', '38'] as const;
const HATS = ['S/M', 'L/XL'] as const;

const isChild = (gender: DrawnGender): boolean => gender === 'BOYS' || gender === 'GIRLS' || gender === 'KIDS';

/** Returns a range of neighboring sizes, at least half of the sizes of the type and gender. */
export function sizesFor(garmentType: DrawnType, gender: DrawnGender, random: Random): string[] {
  const all = allSizes(garmentType, gender);
  const count = Math.max(1, Math.ceil(all.length * random.between(0.5, 1)));
  const from = Math.floor(random.between(0, all.length - count + 1));
  return all.slice(from, from + count);
}

function allSizes(garmentType: DrawnType, gender: DrawnGender): readonly string[] {
  if (garmentType === 'SHOES') return shoeSizes(gender);
  if (garmentType === 'HAT') return isChild(gender) ? ['One size'] : HATS;
  if (isChild(gender)) return CHILDREN;
  const waisted = garmentType === 'PANTS' || garmentType === 'SHORTS';
  if (gender === 'MEN') return waisted ? MENS_TROUSERS : LETTERS.slice(1);
  if (gender === 'UNISEX') return LETTERS;
  return waisted || garmentType === 'DRESS' || garmentType === 'SKIRT' ? WOMENS_DRESS : LETTERS.slice(0, 5);
}

function shoeSizes(gender: DrawnGender): string[] {
  const [first, last] = isChild(gender)
    ? [27, 35]
    : gender === 'MEN'
      ? [40, 46]
      : gender === 'WOMEN'
        ? [36, 41]
        : [36, 46];
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}
