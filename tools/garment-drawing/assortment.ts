// Garments of a style: matching colors, pattern, material and gender.
import type { Pattern } from './cloth.js';
import type { GarmentDrawing } from './garment.drawing.js';
import { lightness, PALETTE, rgbOf, type ColorLabel } from './palette.js';
import { DRESS_RACK } from './racks/dress.rack.js';
import { HAT_RACK } from './racks/hat.rack.js';
import { KNIT_RACK } from './racks/knit.rack.js';
import { OUTERWEAR_RACK } from './racks/outerwear.rack.js';
import { PANTS_RACK } from './racks/pants.rack.js';
import { SHIRT_RACK } from './racks/shirt.rack.js';
import { SHOES_RACK } from './racks/shoes.rack.js';
import { SHORTS_RACK } from './racks/shorts.rack.js';
import { SKIRT_RACK } from './racks/skirt.rack.js';
import { TSHIRT_RACK } from './racks/tshirt.rack.js';
import type { Random } from '../../src/domain/shared/random.js';
import type { DrawnType, Material, Rack, Style } from './style.js';

export const RACKS: readonly Rack[] = [
  DRESS_RACK,
  HAT_RACK,
  KNIT_RACK,
  OUTERWEAR_RACK,
  PANTS_RACK,
  SHIRT_RACK,
  SHOES_RACK,
  SHORTS_RACK,
  SKIRT_RACK,
  TSHIRT_RACK,
];

/** Second colors: clean ones for stripes and checks, any contrasting ones for other patterns. */
const CLEAN_ON_DARK: readonly ColorLabel[] = ['White', 'White', 'Cream'];
const CLEAN_ON_LIGHT: readonly ColorLabel[] = ['Navy Blue', 'Black', 'Red', 'Blue'];
const ON_DARK: readonly ColorLabel[] = ['White', 'Cream', 'White', 'Beige', 'Peach', 'Yellow'];
const ON_LIGHT: readonly ColorLabel[] = ['Navy Blue', 'Red', 'Black', 'Blue', 'Teal', 'Maroon'];
const UNPRINTED: readonly Material[] = ['Denim', 'Corduroy', 'Leather', 'Suede', 'Vegan leather', 'Felt', 'Satin'];
const ACCENTS: readonly ColorLabel[] = ['Mustard', 'Rose', 'Orange', 'Turquoise Blue', 'Lavender', 'Red', 'Yellow'];

export interface Choice {
  color: ColorLabel;
  pattern: Pattern;
}

/** Returns a garment of a style in a color and pattern; the other properties are random. */
export function garmentOf(
  garmentType: DrawnType,
  style: Style,
  { color, pattern }: Choice,
  random: Random,
): GarmentDrawing {
  const secondColor = random.pick(secondColors(color, pattern));
  const accents = ACCENTS.filter((label) => PALETTE[label].family !== PALETTE[color].family && label !== secondColor);
  return {
    garmentType,
    category: style.category,
    styleName: style.name,
    cut: style.cut,
    color,
    secondColor,
    accentColor: random.pick(accents),
    pattern,
    patternScale: random.pick([0.8, 1, 1.2]),
    upright: pattern === 'striped' && style.cut.kind === 'shirt',
    material: random.pick(materialsFor(style, pattern)),
    gender: random.pick(style.genders),
    usage: random.pick(style.usages),
  };
}

/** Returns the possible materials. Prints and checks do not exist in denim, corduroy or leather. */
function materialsFor({ materials }: Style, pattern: Pattern): readonly Material[] {
  const printable = materials.filter((material) => pattern === 'plain' || !UNPRINTED.includes(material));
  return printable.length > 0 ? printable : materials;
}

/** Returns the possible second colors: white for checks of a saturated color, a dark color on pale cloth. */
function secondColors(color: ColorLabel, pattern: Pattern): readonly ColorLabel[] {
  const light = lightness(rgbOf(color));
  const clean = pattern === 'checked' || pattern === 'striped' || pattern === 'pinstriped';
  const pale = PALETTE[color].family === 'beige' || light > (pattern === 'checked' ? 0.75 : 0.6);
  const offered = clean ? (pale ? CLEAN_ON_LIGHT : CLEAN_ON_DARK) : pale ? ON_LIGHT : ON_DARK;
  return offered.filter((label) => !clashes(label, color));
}

const clashes = (label: ColorLabel, color: ColorLabel): boolean =>
  PALETTE[label].family === PALETTE[color].family || (PALETTE[color].family === 'beige' && label === 'White');
