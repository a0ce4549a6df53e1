// Description of one drawn garment and its drawing: cut → parts → SVG.
import type { Pattern } from './cloth.js';
import { paint } from './painter.js';
import { mix, PALETTE, rgbOf, type ColorLabel, type Rgb } from './palette.js';
import type { Part } from './parts.js';
import { dress } from './silhouettes/dress.js';
import { hat } from './silhouettes/hat.js';
import { knit } from './silhouettes/knit.js';
import { outerwear } from './silhouettes/outerwear.js';
import { pants } from './silhouettes/pants.js';
import { shirt } from './silhouettes/shirt.js';
import { shoes } from './silhouettes/shoes.js';
import { shorts } from './silhouettes/shorts.js';
import { skirt } from './silhouettes/skirt.js';
import { tshirt } from './silhouettes/tshirt.js';
import { placingOf } from './stage.js';
import {
  MATERIALS,
  type DrawnGender,
  type DrawnType,
  type DrawnUsage,
  type GarmentCut,
  type Material,
} from './style.js';
import type { Figure } from './torso.js';

/** All properties that the picture shows. */
export interface GarmentDrawing {
  garmentType: DrawnType;
  /** The label in the merchants' spelling, such as "Casual Shoes". */
  category: string;
  /** The name of the style in a shop, such as "canvas sneakers". */
  styleName: string;
  cut: GarmentCut;
  /** The dominant color, the color of the print or trim, and a third one for small parts. */
  color: ColorLabel;
  secondColor: ColorLabel;
  accentColor: ColorLabel;
  pattern: Pattern;
  /** Scale of the pattern; 1 is usual, smaller is finer. */
  patternScale: number;
  /** Vertical stripes instead of horizontal ones. */
  upright: boolean;
  material: Material;
  gender: DrawnGender;
  usage: DrawnUsage;
}

/** Differences between one picture of a garment and the usual studio picture. */
export interface Variation {
  /** Rotation in degrees. */
  rotation: number;
  scale: number;
  mirrored: boolean;
  backdrop: readonly [Rgb, Rgb];
  /** Offset of each channel of the main color, −255…255. */
  tint: Rgb;
  /** Factors for the widths and lengths of the figure. */
  stretch: { width: number; waist: number; length: number; limb: number };
}

export const STUDIO: Variation = {
  rotation: 0,
  scale: 1,
  mirrored: false,
  backdrop: [
    [251, 251, 252],
    [236, 237, 240],
  ],
  tint: [0, 0, 0],
  stretch: { width: 1, waist: 1, length: 1, limb: 1 },
};

const FIGURES: Record<DrawnGender, Figure> = {
  MEN: { shoulder: 132, chest: 138, waist: 132, hip: 135, length: 1, limb: 1 },
  UNISEX: { shoulder: 128, chest: 134, waist: 129, hip: 132, length: 1, limb: 1 },
  WOMEN: { shoulder: 114, chest: 119, waist: 103, hip: 122, length: 0.95, limb: 0.95 },
  BOYS: { shoulder: 128, chest: 136, waist: 134, hip: 136, length: 0.87, limb: 0.84 },
  GIRLS: { shoulder: 116, chest: 122, waist: 114, hip: 124, length: 0.84, limb: 0.82 },
  KIDS: { shoulder: 126, chest: 134, waist: 132, hip: 136, length: 0.83, limb: 0.8 },
};

/** Returns an SVG document of 600 × 800 units. The same description gives the same text. */
export function drawGarment(drawing: GarmentDrawing, variation: Variation = STUDIO): string {
  const figure = stretched(FIGURES[drawing.gender], variation.stretch);
  const ground = groundOf(drawing, variation.tint);
  const inks = { ground, figure: rgbOf(drawing.secondColor), accent: rgbOf(drawing.accentColor) };
  const dye = {
    inks,
    pattern: drawing.pattern,
    texture: MATERIALS[drawing.material],
    patternScale: drawing.patternScale,
    patternTurn: drawing.upright ? 90 : 0,
  };
  const parts = cutParts(drawing.cut, figure);
  const { rotation, mirrored, backdrop } = variation;
  const placing = placingOf(drawing.cut, parts);
  return paint(parts, dye, { rotation, mirrored, backdrop, ...placing, scale: placing.scale * variation.scale });
}

/** Returns the ground color. Blue denim is washed, so its indigo is grayer. */
function groundOf({ color, material }: GarmentDrawing, [red, green, blue]: Rgb): Rgb {
  const base =
    material === 'Denim' && PALETTE[color].family === 'blue' ? mix(rgbOf(color), [94, 116, 152], 0.32) : rgbOf(color);
  return [base[0] + red, base[1] + green, base[2] + blue];
}

function stretched(figure: Figure, { width, waist, length, limb }: Variation['stretch']): Figure {
  return {
    shoulder: figure.shoulder * width,
    chest: figure.chest * width,
    waist: figure.waist * width * waist,
    hip: figure.hip * width,
    length: figure.length * length,
    limb: figure.limb * limb,
  };
}

function cutParts(cut: GarmentCut, figure: Figure): Part[] {
  switch (cut.kind) {
    case 'dress':
      return dress(cut, figure);
    case 'hat':
      return hat(cut);
    case 'knit':
      return knit(cut, figure);
    case 'outerwear':
      return outerwear(cut, figure);
    case 'pants':
      return pants(cut, figure);
    case 'shirt':
      return shirt(cut, figure);
    case 'shoes':
      return shoes(cut);
    case 'shorts':
      return shorts(cut, figure);
    case 'skirt':
      return skirt(cut, figure);
    case 'tshirt':
      return tshirt(cut, figure);
  }
}
