// Labeled drawings for training, with the fields of the training data and more variation than in a shop.
import { garmentOf, RACKS } from './assortment.js';
import { drawGarment, STUDIO, type GarmentDrawing, type Variation } from './garment.drawing.js';
import { rgbOf, type Rgb } from './palette.js';
import { seededRandom, type Random } from '../../src/domain/shared/random.js';
import { GENDER_LABELS, HOUSE_LABELS, merchantTitle } from './wording.js';

/** A row of `metadata.jsonl` with the field names of the data. */
export interface TrainingLabels {
  id: string;
  title: string;
  gender: string;
  masterCategory: 'Apparel' | 'Footwear' | 'Accessories';
  subCategory: string;
  articleType: string;
  baseColour: string;
  usage: string;
  image: string;
}

export interface TrainingDrawing {
  svg: string;
  labels: TrainingLabels;
}

/** Yields `count` garments: the ten types in turn, everything else at random from the seed. */
export function* trainingDrawings(count: number, seed: number): Generator<TrainingDrawing> {
  const random = seededRandom(seed);
  for (let index = 0; index < count; index += 1) {
    const rack = RACKS[index % RACKS.length]!;
    const style = random.pick(rack.styles);
    const drawing = garmentOf(
      rack.garmentType,
      style,
      { color: random.pick(style.colors), pattern: random.pick(style.patterns) },
      random,
    );
    drawing.patternScale *= random.between(0.7, 1.4);
    const id = `drawn-${seed}-${index}`;
    yield { svg: drawGarment(drawing, vary(drawing, random)), labels: labelsOf(drawing, id, random) };
  }
}

function vary({ garmentType, color }: GarmentDrawing, random: Random): Variation {
  const jitter = (): number => random.between(-9, 9);
  const tint: Rgb = [jitter(), jitter(), jitter()];
  const factorNearOne = (spread: number): number => random.between(1 - spread, 1 + spread);
  return {
    rotation: random.chance(0.6) ? random.between(-12, 12) : 0,
    scale: random.between(0.78, 1.02),
    mirrored: garmentType === 'SHOES' ? random.chance(0.2) : random.chance(0.5),
    backdrop: backdropFor(rgbOf(color), random),
    tint,
    stretch: {
      width: factorNearOne(0.07),
      waist: factorNearOne(0.06),
      length: factorNearOne(0.08),
      limb: factorNearOne(0.06),
    },
  };
}

/** Returns a backdrop: usually a white studio as in shops, else a wall in a random pale or medium tint. */
function backdropFor(color: Rgb, random: Random): readonly [Rgb, Rgb] {
  if (random.chance(0.55))
    return [
      [255, 255, 255],
      [255, 255, 255],
    ];
  if (random.chance(0.4)) return STUDIO.backdrop;
  const base = random.between(170, 246);
  const channel = (): number => Math.min(255, base + random.between(-26, 26));
  const wall: Rgb = [channel(), channel(), channel()];
  const isTooSimilar = Math.hypot(wall[0] - color[0], wall[1] - color[1], wall[2] - color[2]) < 60;
  const top: Rgb = isTooSimilar ? [255, 255, 255] : wall;
  return [top, [top[0] - 14, top[1] - 14, top[2] - 12]];
}

const SUB_CATEGORIES: Record<GarmentDrawing['garmentType'], string> = {
  DRESS: 'Dress',
  HAT: 'Headwear',
  LONG_SLEEVE: 'Topwear',
  OUTERWEAR: 'Topwear',
  PANTS: 'Bottomwear',
  SHIRT: 'Topwear',
  SHOES: 'Shoes',
  SHORTS: 'Bottomwear',
  SKIRT: 'Bottomwear',
  T_SHIRT: 'Topwear',
};

function labelsOf(drawing: GarmentDrawing, id: string, random: Random): TrainingLabels {
  const { garmentType, category } = drawing;
  const sub =
    category === 'Sandals' ? 'Sandal' : category === 'Flip Flops' ? 'Flip Flops' : SUB_CATEGORIES[garmentType];
  return {
    id,
    title: merchantTitle(drawing, random.pick(HOUSE_LABELS), random),
    gender: GENDER_LABELS[drawing.gender],
    masterCategory: garmentType === 'SHOES' ? 'Footwear' : garmentType === 'HAT' ? 'Accessories' : 'Apparel',
    subCategory: sub,
    articleType: category,
    baseColour: drawing.color,
    usage: drawing.usage,
    image: `images/${id}.jpg`,
  };
}
