// What a shopper gives, checked: words and a picture's source, what to avoid, and how to weigh them.
import type { Readable } from 'node:stream';
import { FitroomError } from '../../errors.js';
import type { FusionMethod } from './fusion.js';
import type { GarmentFilter, GarmentType } from '../catalog/garment.js';
import { isLongerThan, isVisible } from '../shared/text.js';
import { partNegation } from '../text/negation.js';

/** Longest text of a request, in characters as the shopper counts them (code points). */
export const MAX_TEXT_CHARACTERS = 1000;

/**
 * Where a picture comes from, as the contract's ImageInput has it. `bytes` is for callers inside the process; `invalid`
 * stands for an input that names none or several, so that it can be reported with its garment.
 */
export type ImageSource =
  | { kind: 'upload'; open: () => Readable }
  | { kind: 'base64'; data: string }
  | { kind: 'url'; url: string }
  | { kind: 'sku'; sku: string }
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'invalid' };

/** What a model made of a picture, which is all that is ever kept of it. */
export interface EncodedPicture {
  /** Of unit length, in the space of the model that read it. */
  features: Float32Array;
  /** The type of the garment in the picture, where the catalog knows it. */
  shownType: GarmentType | null;
  /** One shade all over. */
  isBlank: boolean;
}

/** A request's picture: one that somebody gives, or, for an answer that is given again, what was made of it. */
export type RequestPicture = ImageSource | { kind: 'encoded'; picture: EncodedPicture };

/** Sources that are fields of the caller's input, so that an error can name them. A sku's errors name it themselves. */
export const NAMED_SOURCES: ReadonlySet<ImageSource['kind']> = new Set(['upload', 'base64', 'url']);

/** What the caller asks of the fusion; absent: what the bundle does best with. */
export interface FusionOptions {
  method?: FusionMethod | null;
  textWeight?: number | null;
  imageWeight?: number | null;
}

/** What a model made of a request's words, for an answer that is given again: to the bit as it was, whatever ran beside it. */
export interface EncodedText {
  /** Of unit length; null: without words. */
  text: Float32Array | null;
  /** Of each thing that is not wanted, in the order in which they are said. */
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
  /** Absent or null: the words are encoded. */
  encodedText?: EncodedText | null;
}

/**
 * Words without control characters, halves of surrogate pairs and outer space; null if nothing visible is left.
 * @throws FitroomError TEXT_TOO_LONG
 */
export function requestWords(text: string | null | undefined, field: string): string | null {
  if (text == null) return null;
  if (isLongerThan(text, MAX_TEXT_CHARACTERS)) throw new FitroomError('TEXT_TOO_LONG', undefined, [field]);
  const words = text.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim();
  return isVisible(words) ? words : null;
}

/**
 * The words that count beside what else is given: emoji and marks have no words in an encoder's vocabulary. Alone they are
 * searched with, and find nothing near; beside a picture they would only draw the answer away from it.
 */
export function meaningfulText(words: string | null, hasPicture: boolean): string | null {
  return words !== null && hasPicture && !/[\p{L}\p{N}]/u.test(words) ? null : words;
}

/** Longest id that a storefront gives a shopper, in characters. */
const MAX_SHOPPER_CHARACTERS = 200;

/** Null where none is given. @throws FitroomError SHOPPER_INVALID */
export function requestShopper(shopper: string | null | undefined): string | null {
  if (shopper == null) return null;
  if (isLongerThan(shopper, MAX_SHOPPER_CHARACTERS) || !/^[^\p{Cc}\p{Cs}]+$/u.test(shopper)) {
    throw new FitroomError('SHOPPER_INVALID', undefined, ['shopper']);
  }
  return shopper;
}

/** @throws FitroomError DIVERSITY_INVALID */
export function requestDiversity(diversity: number | null | undefined): number {
  const value = diversity ?? 0;
  if (!(value >= 0 && value <= 1)) throw new FitroomError('DIVERSITY_INVALID', undefined, ['diversity']);
  return value;
}

/** @throws FitroomError FUSION_WEIGHTS_INVALID naming the weight that is negative, infinite or NaN, or both 0 */
export function checkFusionOptions(wish: FusionOptions): void {
  for (const side of ['textWeight', 'imageWeight'] as const) {
    const weight = wish[side];
    if (weight != null && !(weight >= 0 && Number.isFinite(weight))) {
      throw new FitroomError('FUSION_WEIGHTS_INVALID', undefined, ['fusion', side]);
    }
  }
  if (wish.textWeight === 0 && wish.imageWeight === 0) {
    throw new FitroomError('FUSION_WEIGHTS_INVALID', undefined, ['fusion', 'textWeight']);
  }
}

export interface ParsedRequest {
  /** The words as they were given. */
  originalText: string | null;
  /** What is wanted; null where only a picture is given, or only what is not wanted is said. */
  text: string | null;
  avoid: string | null;
  fusion: FusionOptions;
  diversity: number;
  shopper: string | null;
}

/** @throws FitroomError naming the field that is wrong */
export function parseRequest(request: OutfitRequest): ParsedRequest {
  const hasPicture = request.image != null;
  const given = meaningfulText(requestWords(request.text, 'text'), hasPicture);
  const { wanted: words, unwanted } = partNegation(given);
  const avoid = [requestWords(request.avoid, 'avoid'), unwanted].filter((part) => part !== null).join(', ') || null;
  const diversity = requestDiversity(request.diversity);
  const shopper = requestShopper(request.shopper);
  const fusion = request.fusion ?? {};
  checkFusionOptions(fusion);
  if (given === null && !hasPicture) throw new FitroomError('QUERY_EMPTY');
  return { originalText: given, text: words, avoid, fusion, diversity, shopper };
}
