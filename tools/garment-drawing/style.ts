// Content of a rack: styles with their cut, colors, patterns, materials and prices.
import type { Pattern, Texture } from './cloth.js';
import type { ColorLabel } from './palette.js';
import type { DressCut } from './silhouettes/dress.js';
import type { HatCut } from './silhouettes/hat.js';
import type { KnitCut } from './silhouettes/knit.js';
import type { OuterwearCut } from './silhouettes/outerwear.js';
import type { PantsCut } from './silhouettes/pants.js';
import type { ShirtCut } from './silhouettes/shirt.js';
import type { ShoesCut } from './silhouettes/shoes.js';
import type { ShortsCut } from './silhouettes/shorts.js';
import type { SkirtCut } from './silhouettes/skirt.js';
import type { TshirtCut } from './silhouettes/tshirt.js';

export type DrawnType =
  'DRESS' | 'HAT' | 'LONG_SLEEVE' | 'OUTERWEAR' | 'PANTS' | 'SHIRT' | 'SHOES' | 'SHORTS' | 'SKIRT' | 'T_SHIRT';
export type DrawnGender = 'MEN' | 'WOMEN' | 'BOYS' | 'GIRLS' | 'KIDS' | 'UNISEX';
export type DrawnUsage = 'Casual' | 'Formal' | 'Sports' | 'Party' | 'Ethnic' | 'Travel' | 'Smart Casual' | 'Home';
export type GarmentCut =
  DressCut | HatCut | KnitCut | OuterwearCut | PantsCut | ShirtCut | ShoesCut | ShortsCut | SkirtCut | TshirtCut;

export type Material = keyof typeof MATERIALS;

/** Materials of garments with the texture that they are drawn with. */
export const MATERIALS = {
  Cotton: 'jersey',
  'Organic cotton': 'jersey',
  Poplin: 'smooth',
  Oxford: 'twill',
  Linen: 'linen',
  Denim: 'denim',
  Twill: 'twill',
  Corduroy: 'corduroy',
  Wool: 'twill',
  'Merino wool': 'knit',
  Lambswool: 'knit',
  Cashmere: 'jersey',
  'Cotton knit': 'knit',
  Fleece: 'jersey',
  Viscose: 'jersey',
  Silk: 'satin',
  Satin: 'satin',
  Chiffon: 'smooth',
  Polyester: 'smooth',
  Nylon: 'smooth',
  Mesh: 'mesh',
  Leather: 'leather',
  'Vegan leather': 'leather',
  Suede: 'suede',
  Canvas: 'twill',
  Rubber: 'smooth',
  Straw: 'straw',
  Felt: 'suede',
  'Ribbed cotton': 'ribbed',
} as const satisfies Record<string, Texture>;

export interface Style {
  /** Name in a shop, in lower case, such as "A-line midi dress". */
  name: string;
  /** The label in the merchants' spelling, such as "Dresses". */
  category: string;
  cut: GarmentCut;
  materials: readonly Material[];
  patterns: readonly Pattern[];
  colors: readonly ColorLabel[];
  genders: readonly DrawnGender[];
  usages: readonly DrawnUsage[];
  /** Lowest and highest price in whole euros. */
  price: readonly [number, number];
  /** Words that shoppers search for and that the picture shows. */
  tags: readonly string[];
}

export interface Rack {
  garmentType: DrawnType;
  styles: readonly Style[];
}

/** Colors that most styles have. */
export const BASICS = ['Black', 'White', 'Navy Blue', 'Grey', 'Blue'] as const satisfies ColorLabel[];
export const BRIGHTS = [
  'Red',
  'Yellow',
  'Green',
  'Pink',
  'Orange',
  'Purple',
  'Turquoise Blue',
  'Magenta',
] as const satisfies ColorLabel[];
export const EARTHS = [
  'Brown',
  'Beige',
  'Olive',
  'Khaki',
  'Rust',
  'Mustard',
  'Tan',
  'Taupe',
] as const satisfies ColorLabel[];
export const DEEPS = [
  'Maroon',
  'Burgundy',
  'Teal',
  'Charcoal',
  'Coffee Brown',
  'Sea Green',
] as const satisfies ColorLabel[];
export const PASTELS = [
  'Lavender',
  'Peach',
  'Cream',
  'Rose',
  'Mauve',
  'Off White',
  'Nude',
  'Grey Melange',
] as const satisfies ColorLabel[];
