// Garments as the store takes them, with features that are easy to reason about: random directions around given centres.
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

/** Deterministic numbers in [0, 1): mulberry32. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A random direction of length 1; with a centre, one that lies `spread` away from it (1: cosine of about 0.7). */
export function randomUnit(random: () => number, centre?: Float32Array, spread = 1): Float32Array {
  const dimensions = centre?.length ?? DIMENSIONS;
  const gauss = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const scale = centre ? spread / Math.sqrt(dimensions) : 1;
  return unit(Float32Array.from({ length: dimensions }, (_, i) => (centre?.[i] ?? 0) + scale * gauss()));
}

const evenly = { text: 1, image: 1 };
/** Words and pictures of garments count alike, whatever a request consists of. */
export const HALVES: ModalityWeightsByKind = { text: evenly, image: evenly, both: evenly };

/** The i-th axis. */
export function axis(i: number, dimensions = DIMENSIONS): Float32Array {
  return Float32Array.from({ length: dimensions }, (_, j) => (j === i ? 1 : 0));
}

export function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** p over `length` labels, all on one; all 0 without a position. */
export function certain(length: number, position: number | null): Float32Array {
  return Float32Array.from({ length }, (_, i) => (i === position ? 1 : 0));
}

export interface RowWish extends Partial<GarmentFacts> {
  sku: string;
  text?: Float32Array | null;
  image?: Float32Array | null;
  typeProbabilities?: Float32Array;
  /** Of the outputs that matter to a test; the others have no probability at all. */
  roots?: Partial<SquareRootProbabilities>;
  model?: string;
}

/** A garment with plain facts where none are wished; a picture of 3 bytes where it has picture features. */
export function row(wish: RowWish): GarmentToSave {
  const { sku, text = axis(0), image = axis(1), typeProbabilities, roots, model, ...facts } = wish;
  const none = certain(COLORS, null);
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
      roots: { category: none, color: none, gender: none, usage: none, ...roots },
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
