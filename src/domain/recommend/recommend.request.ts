// The recommendation request and its validation.
import type { Readable } from 'node:stream';
import { FitroomError } from '../../errors.js';
import type { FusionMethod } from './fusion.js';
import type { GarmentFilter, GarmentType } from '../catalog/garment.js';
import { isLongerThan, isVisible } from '../shared/text.js';
import { splitNegation } from '../text/negation.js';

/** Maximum length of a request's text, in characters as the shopper counts them (code points). */
export const MAX_TEXT_CHARACTERS = 1000;

/**
 * The source of a picture, as in the API's ImageInput. `bytes` is for callers inside the process. `invalid` is an input
 * with no source or several, kept so that its error can be reported for the garment.
 */
export type ImageSource =
  | { kind: 'upload'; open: () => Readable }
  | { kind: 'base64'; data: string }
  | { kind: 'url'; url: string }
  | { kind: 'sku'; sku: string }
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'invalid' };

/** The encoding of a picture. The picture itself is never stored. */
export interface EncodedPicture {
  /** Unit vector in the space of the model that encoded the picture. */
  features: Float32Array;
  /** Type of the garment in the picture if it is a catalog garment, otherwise null. */
  shownType: GarmentType | null;
  /** True for a picture of a single shade. */
  isBlank: boolean;
}

/** A request's picture: a source, or the stored encoding for a replay. */
export type RequestPicture = ImageSource | { kind: 'encoded'; picture: EncodedPicture };

/**
 * Sources that are fields of the caller's input, for the path of an error. Errors about a SKU set the path themselves.
 */
export const NAMED_SOURCES: ReadonlySet<ImageSource['kind']> = new Set(['upload', 'base64', 'url']);

/** The caller's fusion options; absent options use the bundle's defaults. */
export interface FusionOptions {
  method?: FusionMethod | null;
  textWeight?: number | null;
  imageWeight?: number | null;
}

/**
 * The stored encoding of a request's text, for a replay that is identical to the bit. A new encoding can differ,
 * because it depends on the other texts in its batch.
 */
export interface EncodedText {
  /** Unit vector; null without text. */
  text: Float32Array | null;
  /** Features of each avoided term, in their order. */
  avoid: Float32Array[];
}

export interface OutfitRequest {
  text?: string | null;
  image?: RequestPicture | null;
  avoid?: string | null;
  fusion?: FusionOptions | null;
  filter?: GarmentFilter | null;
  diversity?: number | null;
  shopper?: string | null;
  /** Absent or null to encode the text. */
  encodedText?: EncodedText | null;
}

/**
 * Returns the text without control characters, unpaired surrogates and surrounding space; null if nothing visible is
 * left.
 * @throws FitroomError TEXT_TOO_LONG
 */
export function requestWords(text: string | null | undefined, field: string): string | null {
  if (text == null) return null;
  if (isLongerThan(text, MAX_TEXT_CHARACTERS)) throw new FitroomError('TEXT_TOO_LONG', undefined, [field]);
  const words = text.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim();
  return isVisible(words) ? words : null;
}

/**
 * Returns null for emoji and punctuation with a picture: an encoder's vocabulary has no words for them, and they would
 * only move the result away from the picture. Without a picture they are searched, and find nothing near.
 */
export function meaningfulText(words: string | null, hasPicture: boolean): string | null {
  return words !== null && hasPicture && !/[\p{L}\p{N}]/u.test(words) ? null : words;
}

/** Maximum length of a shopper id, in characters. */
const MAX_SHOPPER_CHARACTERS = 200;

/** Returns the shopper id, or null if it is absent. @throws FitroomError SHOPPER_INVALID */
export function requestShopper(shopper: string | null | undefined): string | null {
  if (shopper == null) return null;
  if (isLongerThan(shopper, MAX_SHOPPER_CHARACTERS) || !/^[^\p{Cc}\p{Cs}]+$/u.test(shopper)) {
    throw new FitroomError('SHOPPER_INVALID', undefined, ['shopper']);
  }
  return shopper;
}

/** Returns the diversity, 0…1; 0 if it is absent. @throws FitroomError DIVERSITY_INVALID */
export function requestDiversity(diversity: number | null | undefined): number {
  const value = diversity ?? 0;
  if (!(value >= 0 && value <= 1)) throw new FitroomError('DIVERSITY_INVALID', undefined, ['diversity']);
  return value;
}

/** @throws FitroomError FUSION_WEIGHTS_INVALID for a weight that is negative, infinite or NaN, or if both are 0 */
export function checkFusionOptions(options: FusionOptions): void {
  for (const field of ['textWeight', 'imageWeight'] as const) {
    const weight = options[field];
    if (weight != null && !(weight >= 0 && Number.isFinite(weight))) {
      throw new FitroomError('FUSION_WEIGHTS_INVALID', undefined, ['fusion', field]);
    }
  }
  if (options.textWeight === 0 && options.imageWeight === 0) {
    throw new FitroomError('FUSION_WEIGHTS_INVALID', undefined, ['fusion', 'textWeight']);
  }
}

export interface ParsedRequest {
  /** The text before the negated part is removed. */
  originalText: string | null;
  /** The wanted part; null without text, or if the whole text is negated. */
  text: string | null;
  avoid: string | null;
  fusion: FusionOptions;
  diversity: number;
  shopper: string | null;
}

/**
 * Returns the validated request, with the negated text moved to `avoid`.
 * @throws FitroomError with the path of the field
 */
export function parseRequest(request: OutfitRequest): ParsedRequest {
  const hasPicture = request.image != null;
  const originalText = meaningfulText(requestWords(request.text, 'text'), hasPicture);
  const { wanted, unwanted } = splitNegation(originalText);
  const avoid = [requestWords(request.avoid, 'avoid'), unwanted].filter((part) => part !== null).join(', ') || null;
  const diversity = requestDiversity(request.diversity);
  const shopper = requestShopper(request.shopper);
  const fusion = request.fusion ?? {};
  checkFusionOptions(fusion);
  if (originalText === null && !hasPicture) throw new FitroomError('QUERY_EMPTY');
  return { originalText, text: wanted, avoid, fusion, diversity, shopper };
}
