// How the features of words and picture become the one vector that is searched with: F = f(F_t, F_i). Pure algebra:
// what a bundle's network makes of both comes in as a vector, and this file knows no network.

export const FUSION_METHODS = ['CONCATENATION', 'WEIGHTED_AVERAGE', 'ATTENTION'] as const;
export type FusionMethod = (typeof FUSION_METHODS)[number];

/** Unit-length features of one request or garment, each of the bundle's `dimensions`; null where that side is missing. */
export interface Features {
  text: Float32Array | null;
  image: Float32Array | null;
}

/** Weights ≥ 0, not both 0. */
export interface FusionWeights {
  text: number;
  image: number;
}

/** The bundle's (a, b) for [a·q ; b·q]: words lean on the words of garments, a picture on their pictures. */
export type ModalityWeightsByKind = Record<RequestKind, FusionWeights>;

/** A fusion as it was carried out: weights scaled so that they sum to 1, and 0 for a side that the request lacks. */
export interface Fusion {
  method: FusionMethod;
  weights: FusionWeights;
}

/**
 * The request's vector against a stored garment [F_t ; F_i], in its two halves, so that the inner product falls apart
 * into a text share and an image share. ‖[text ; image]‖ = 1.
 */
export interface RequestVector {
  text: Float32Array;
  image: Float32Array;
}

/** Whether a network has to weigh the sides against each other; a side that is alone leaves it nothing to decide. */
export function needsAttention(features: Features, { method }: Fusion): boolean {
  return method === 'ATTENTION' && requestKind(features) === 'both';
}

/**
 * Fuses a request's features, all but those of which `needsAttention` holds.
 *
 * CONCATENATION: [w_t·F_t ; w_i·F_i], words against words and picture against picture.
 * WEIGHTED_AVERAGE: q = norm(w_t·F_t + w_i·F_i), then [a·q ; b·q] with the bundle's `halves` (a, b): words find pictures too.
 * ATTENTION of one side: as WEIGHTED_AVERAGE of it.
 *
 * @param halves how q is weighted against a garment's text and image half, by what the request consists of;
 * CONCATENATION does without
 * @returns a vector of length 1 over both halves
 * @throws RangeError where both sides are missing or cancel out
 */
export function fuse(features: Features, fusion: Fusion, halves: ModalityWeightsByKind): RequestVector {
  const half = halves[requestKind(features)];
  if (needsAttention(features, fusion)) throw new Error('attention to words and picture is a network’s');
  const { weights } = fusion;
  const dimensions = (features.text ?? features.image)!.length;
  if (fusion.method === 'CONCATENATION') {
    return unitHalves(
      scaled(features.text, weights.text, dimensions),
      scaled(features.image, weights.image, dimensions),
    );
  }
  const text = scaled(features.text, weights.text, dimensions);
  const image = scaled(features.image, weights.image, dimensions);
  const average = text.map((value, i) => value + image[i]!);
  return withModalityWeights(average, half);
}

/**
 * [a·q ; b·q]: one vector of the request against both halves of a garment.
 * @param query q [dimensions]: an average, or what a network made of both sides
 * @returns a vector of length 1 over both halves
 * @throws RangeError where q has no length
 */
export function withModalityWeights(query: Float32Array, halves: FusionWeights): RequestVector {
  return unitHalves(scaled(query, halves.text, query.length), scaled(query, halves.image, query.length));
}

/** Weights for the sides that are there, scaled to sum to 1. */
export function presentWeights(features: Features, weights: FusionWeights): FusionWeights {
  const given = { text: features.text ? weights.text : 0, image: features.image ? weights.image : 0 };
  const largest = Math.max(given.text, given.image);
  // a side that is alone is searched with, whatever weight it was given beside the other
  if (largest === 0) return { text: features.text ? 1 : 0, image: features.text ? 0 : 1 };
  // the sum of two large weights is infinite: they are made small first
  const [text, image] = [given.text / largest, given.image / largest];
  return { text: text / (text + image), image: image / (text + image) };
}

/** What a request consists of. */
export type RequestKind = 'text' | 'image' | 'both';

/** @throws RangeError where both sides are missing */
export function requestKind({ text, image }: Features): RequestKind {
  if (text && image) return 'both';
  if (!text && !image) throw new RangeError('a request needs words or a picture');
  return text ? 'text' : 'image';
}

/** Inner product of two vectors of one length. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Euclidean length. */
export function norm(a: Float32Array): number {
  return Math.sqrt(dot(a, a));
}

function scaled(side: Float32Array | null, weight: number, dimensions: number): Float32Array {
  return side ? side.map((value) => value * weight) : new Float32Array(dimensions);
}

function unitHalves(text: Float32Array, image: Float32Array): RequestVector {
  const length = Math.hypot(norm(text), norm(image));
  if (!(length > 1e-6)) throw new RangeError('words and picture cancel out: their fused vector has no direction');
  return { text: text.map((value) => value / length), image: image.map((value) => value / length) };
}
