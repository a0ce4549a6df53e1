// Titles and descriptions of drawn garments.
import type { Pattern } from './cloth.js';
import type { GarmentDrawing } from './garment.drawing.js';
import type { Random } from '../../src/domain/shared/random.js';
import type { DrawnGender, DrawnUsage, Style } from './style.js';

export const PATTERN_WORDS: Record<Pattern, string> = {
  plain: '',
  striped: 'striped',
  pinstriped: 'pinstriped',
  checked: 'checked',
  tartan: 'tartan',
  dotted: 'polka-dot',
  floral: 'floral',
};

/** Gender labels in the spelling of the training data. */
export const GENDER_LABELS: Record<DrawnGender, string> = {
  MEN: 'Men',
  WOMEN: 'Women',
  BOYS: 'Boys',
  GIRLS: 'Girls',
  KIDS: 'Kids',
  UNISEX: 'Unisex',
};

/** Brand names of the imaginary company that makes the drawn garments. */
export const HOUSE_LABELS = [
  'Harrow',
  'Linden & Vale',
  'Northquay',
  'Saltmarsh',
  'Ferrow',
  'Maison Orme',
  'Tidewell',
  'Kestrel Row',
] as const;

const POSSESSIVES: Record<DrawnGender, string> = {
  MEN: "men's",
  WOMEN: "women's",
  BOYS: "boys'",
  GIRLS: "girls'",
  KIDS: "kids'",
  UNISEX: 'unisex',
};

const OCCASIONS: Record<DrawnUsage, string> = {
  Casual: 'everyday wear',
  Formal: 'the office and formal evenings',
  Sports: 'training and weekends outdoors',
  Party: 'parties and evenings out',
  Ethnic: 'festive days',
  Travel: 'holidays and travelling light',
  'Smart Casual': 'work and the hours after',
  Home: 'slow days at home',
};

const PRINTS: Record<Pattern, string> = {
  plain: '',
  striped: ' with even stripes',
  pinstriped: ' with fine pinstripes',
  checked: ' in an even check',
  tartan: ' in a woven tartan',
  dotted: ' with polka dots',
  floral: ' with a scattered flower print',
};

const TWO_TONED: readonly Pattern[] = ['striped', 'checked', 'dotted', 'pinstriped'];

/** Returns both colors, such as "red and white", if both are visible, else the dominant one. */
export function colorWords({ color, secondColor, pattern }: GarmentDrawing): string {
  const main = color.toLowerCase();
  return TWO_TONED.includes(pattern) ? `${main} and ${secondColor.toLowerCase()}` : main;
}

/** Returns a title in the style of a shop: "Linen A-line midi dress, striped red and white". */
export function shopTitle(drawing: GarmentDrawing, random: Random): string {
  const { styleName, gender } = drawing;
  const print = printUnlessNamed(drawing, styleName);
  const fabric = materialUnlessNamed(drawing, styleName);
  const color = colorWords(drawing);
  const forms = [
    `${fabric} ${styleName}, ${print} ${color}`,
    `${color} ${print} ${styleName} ${fabric ? `in ${fabric}` : ''}`,
    `${print} ${fabric} ${styleName} in ${color}`,
    `${gender === 'UNISEX' ? '' : POSSESSIVES[gender]} ${color} ${print} ${styleName}`,
  ];
  return sentence(random.pick(forms));
}

/** Returns a title in the style of a marketplace: "Harrow Men Striped Navy Blue Shirt". */
export function merchantTitle(drawing: GarmentDrawing, brand: string, random: Random): string {
  const { styleName, gender, color, category } = drawing;
  const noun = random.chance(0.5) ? styleName : (SINGULAR[category] ?? category);
  const who = gender === 'UNISEX' ? random.pick(['Unisex', '']) : GENDER_LABELS[gender];
  const print = titled(printUnlessNamed(drawing, noun));
  const appearance = random.chance(0.5) ? [print, color] : [color, print];
  const fabric = random.chance(0.25) ? titled(materialUnlessNamed(drawing, noun)) : '';
  return tidy([brand, who, ...appearance, fabric, titled(noun)].join(' '));
}

/** Returns two sentences: what the picture shows and what the garment is for. */
export function describe(drawing: GarmentDrawing, style: Style, random: Random): string {
  const { styleName, pattern, gender, usage } = drawing;
  const fabric = materialUnlessNamed(drawing, styleName);
  const opening = random.pick([
    `${POSSESSIVES[gender]} ${styleName} in ${colorWords(drawing)} ${fabric}${PRINTS[pattern]}.`,
    `${colorWords(drawing)} ${styleName}${fabric ? ` in ${fabric}` : ''}${PRINTS[pattern]}.`,
  ]);
  const closing = random.pick([
    `Made for ${OCCASIONS[usage]}.`,
    `A good choice for ${OCCASIONS[usage]}.`,
    `${style.tags.join(', ')}: for ${OCCASIONS[usage]}.`,
  ]);
  return `${sentence(opening)} ${sentence(closing)}`;
}

const SINGULAR: Record<string, string> = {
  Tshirts: 'T-shirt',
  Shirts: 'Shirt',
  Dresses: 'Dress',
  Skirts: 'Skirt',
  Caps: 'Cap',
  Jackets: 'Jacket',
  Blazers: 'Blazer',
  Sweaters: 'Sweater',
  Sweatshirts: 'Sweatshirt',
};

const printUnlessNamed = ({ pattern }: GarmentDrawing, name: string): string =>
  name.toLowerCase().includes(PATTERN_WORDS[pattern]) ? '' : PATTERN_WORDS[pattern];

/** Returns no material if the name already contains it: "Denim jacket" needs no second "denim". */
function materialUnlessNamed({ material }: GarmentDrawing, name: string): string {
  const words = material.toLowerCase().split(' ');
  return words.some((word) => name.toLowerCase().includes(word)) ? '' : material.toLowerCase();
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const titled = (text: string): string => text.split(' ').map(capital).join(' ');
const tidy = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/ ([,.])/g, '$1')
    .trim();
const sentence = (text: string): string => capital(tidy(text));
