// Fusion of text and picture features into the request vector: F = f(F_t, F_i).
// This file contains only the algebra; the output of a bundle's network comes in as a vector.

export const FUSION_METHODS = ['CONCATENATION', 'WEIGHTED_AVERAGE', 'ATTENTION'] as const;
export type FusionMethod = (typeof FUSION_METHODS)[number];

/** Unit-length features of one request or garment, each of the bundle's `dimensions`; null for a missing modality. */
export interface Features {
  text: Float32Array | null;
  image: Float32Array | null;
}

/** Weights ≥ 0, not both 0. */
export interface FusionWeights {
  text: number;
  image: number;
}

/**
 * The bundle's (a, b) for [a·q ; b·q]. A request with text gives more weight to a garment's text, a request with a
 * picture to its pictures.
 */
export type ModalityWeightsByKind = Record<RequestKind, FusionWeights>;

/** The fusion that was applied. The weights sum to 1; a modality that the request lacks has weight 0. */
export interface Fusion {
  method: FusionMethod;
  weights: FusionWeights;
}

/**
 * The request vector for a comparison with a stored garment [F_t ; F_i]. Its two parts split the inner product into a
 * text share and an image share. ‖[text ; image]‖ = 1.
 */
export interface RequestVector {
  text: Float32Array;
  image: Float32Array;
}

/** Returns true if a network must weight the modalities. A request with one modality leaves nothing to weight. */
export function needsAttention(features: Features, { method }: Fusion): boolean {
  return method === 'ATTENTION' && requestKind(features) === 'both';
}

/**
 * Fuses a request's features. Features for which `needsAttention` is true are not accepted.
 *
 * CONCATENATION: [w_t·F_t ; w_i·F_i], text against text and picture against picture.
 * WEIGHTED_AVERAGE: q = norm(w_t·F_t + w_i·F_i), then [a·q ; b·q] with the bundle's weights (a, b): text finds pictures
 * too.
 * ATTENTION with one modality: the same as WEIGHTED_AVERAGE.
 *
 * @param weightsByKind weights (a, b) of a garment's text and image features, by kind of request. CONCATENATION ignores
 * them.
 * @returns a vector of length 1 over both modalities
 * @throws RangeError if both modalities are missing or cancel out
 */
export function fuse(features: Features, fusion: Fusion, weightsByKind: ModalityWeightsByKind): RequestVector {
  const garmentWeights = weightsByKind[requestKind(features)];
  if (needsAttention(features, fusion)) throw new Error('attention to text and picture needs a network');
  const { weights } = fusion;
  const dimensions = (features.text ?? features.image)!.length;
  if (fusion.method === 'CONCATENATION') {
    return unitVector(
      scaled(features.text, weights.text, dimensions),
      scaled(features.image, weights.image, dimensions),
    );
  }
  const text = scaled(features.text, weights.text, dimensions);
  const image = scaled(features.image, weights.image, dimensions);
  const average = text.map((value, i) => value + image[i]!);
  return withModalityWeights(average, garmentWeights);
}

/**
 * Returns [a·q ; b·q]: one vector of the request against both modalities of a garment.
 * @param query q [dimensions]: an average, or the output of a network
 * @returns a vector of length 1 over both modalities
 * @throws RangeError if q has length 0
 */
export function withModalityWeights(query: Float32Array, weights: FusionWeights): RequestVector {
  return unitVector(scaled(query, weights.text, query.length), scaled(query, weights.image, query.length));
}

/** Returns the weights of the present modalities, scaled to sum to 1. */
export function presentWeights(features: Features, weights: FusionWeights): FusionWeights {
  const present = { text: features.text ? weights.text : 0, image: features.image ? weights.image : 0 };
  const largest = Math.max(present.text, present.image);
  // A single modality is always used, even with a weight of 0.
  if (largest === 0) return { text: features.text ? 1 : 0, image: features.text ? 0 : 1 };
  // The sum of two large weights can be infinite, so they are scaled down first.
  const [text, image] = [present.text / largest, present.image / largest];
  return { text: text / (text + image), image: image / (text + image) };
}

/** The modalities of a request. */
export type RequestKind = 'text' | 'image' | 'both';

/** Returns the kind of request. @throws RangeError if both modalities are missing */
export function requestKind({ text, image }: Features): RequestKind {
  if (text && image) return 'both';
  if (!text && !image) throw new RangeError('a request needs text or a picture');
  return text ? 'text' : 'image';
}

/** Returns the inner product of two vectors of equal length. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Returns the Euclidean length. */
export function norm(a: Float32Array): number {
  return Math.sqrt(dot(a, a));
}

function scaled(features: Float32Array | null, weight: number, dimensions: number): Float32Array {
  return features ? features.map((value) => value * weight) : new Float32Array(dimensions);
}

function unitVector(text: Float32Array, image: Float32Array): RequestVector {
  const length = Math.hypot(norm(text), norm(image));
  if (!(length > 1e-6)) throw new RangeError('text and picture cancel out: their fused vector has no direction');
  return { text: text.map((value) => value / length), image: image.map((value) => value / length) };
}
