// Garments as input of the repositories, with simple features: random directions around given centers.
import type { ModalityWeightsByKind } from '../../src/domain/recommend/fusion.js';
import type { GarmentFacts } from '../../src/domain/catalog/garment.js';
import type { SquareRootProbabilities } from '../../src/domain/recommend/label.similarity.js';
import type { StoreContext } from '../../src/domain/access/store.context.js';
import type { GarmentToSave } from '../../src/store/garment.writes.js';

export const MODEL = 'test@1';
export const DIMENSIONS = 32;
export const COLORS = 4;

export const STORE: StoreContext = { storeId: 'default' };
export const OTHER_STORE: StoreContext = { storeId: 'other' };

/** Returns a generator of deterministic numbers in [0, 1): mulberry32. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Returns a random direction of length 1. With a center, it lies `spread` away from the center (1: a cosine of about
 * 0.7).
 */
export function randomUnit(random: () => number, center?: Float32Array, spread = 1): Float32Array {
  const dimensions = center?.length ?? DIMENSIONS;
  const gauss = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const scale = center ? spread / Math.sqrt(dimensions) : 1;
  return unit(Float32Array.from({ length: dimensions }, (_, i) => (center?.[i] ?? 0) + scale * gauss()));
}

const equalWeights = { text: 1, image: 1 };
/** Equal weights for text and picture of a garment, for every kind of request. */
export const EQUAL_WEIGHTS: ModalityWeightsByKind = { text: equalWeights, image: equalWeights, both: equalWeights };

/** Returns the unit vector of the i-th axis. */
export function axis(i: number, dimensions = DIMENSIONS): Float32Array {
  return Float32Array.from({ length: dimensions }, (_, j) => (j === i ? 1 : 0));
}

export function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** Returns probabilities over `length` labels: 1 at `position` and 0 elsewhere. All are 0 if the position is null. */
export function certain(length: number, position: number | null): Float32Array {
  return Float32Array.from({ length }, (_, i) => (i === position ? 1 : 0));
}

export interface RowOverrides extends Partial<GarmentFacts> {
  sku: string;
  text?: Float32Array | null;
  image?: Float32Array | null;
  typeProbabilities?: Float32Array;
  /** Square-root probabilities of the outputs that matter to a test. The others are 0. */
  roots?: Partial<SquareRootProbabilities>;
  model?: string;
}

/** Returns a garment with plain fields unless overridden. It has a picture of 3 bytes if it has image features. */
export function row(overrides: RowOverrides): GarmentToSave {
  const { sku, text = axis(0), image = axis(1), typeProbabilities, roots, model, ...facts } = overrides;
  const noLabel = certain(COLORS, null);
  return {
    sku,
    facts: { ...PLAIN_FACTS, ...facts },
    inferredFields: [],
    image: image && { bytes: Uint8Array.of(1, 2, 3), hash: 'a'.repeat(64), width: 3, height: 4 },
    embedding: {
      model: model ?? MODEL,
      text,
      image,
      wordsHash: `words of ${sku}`,
      imageHash: image && `picture of ${sku}`,
      typeProbabilities: typeProbabilities ?? certain(10, null),
      roots: { category: noLabel, color: noLabel, gender: noLabel, usage: noLabel, ...roots },
    },
  };
}

const PLAIN_FACTS: GarmentFacts = {
  title: 'Plain garment',
  description: null,
  brand: null,
  category: null,
  garmentType: null,
  color: null,
  material: null,
  gender: null,
  usage: null,
  tags: [],
  sizes: [],
  price: null,
  inStock: true,
  productUrl: null,
};
