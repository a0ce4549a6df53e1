// One garment on its way into the catalog: the merchant's input, what was stored of it, and its new picture.
import { createHash } from 'node:crypto';
import type { Features } from '../../domain/recommend/fusion.js';
import type { Garment, GarmentFacts, PictureSource } from '../../domain/catalog/garment.js';
import { garmentWords } from '../../domain/text/garment.text.js';
import { merchantFacts, type InputProblem } from '../../domain/catalog/garment.input.js';
import type { Classification } from '../../domain/recommend/classification.js';
import type { PreparedPicture } from '../../pictures/stored.picture.js';

/** What an input makes of a garment's picture. */
export interface ArrivedPicture {
  /** A new one; null clears the stored one; undefined leaves it. */
  picture: PreparedPicture | null | undefined;
  /** The address that it came from this time; null: from none. Undefined: what is remembered holds on. */
  source: PictureSource | null | undefined;
}

export interface GarmentDraft extends ArrivedPicture {
  /** Position in the call, for errors. */
  index: number;
  sku: string;
  stored: Garment | null;
  /** The merchant's own facts after this input; nothing inferred. */
  said: GarmentFacts;
  /** The input brought a picture, be it the stored one again. */
  isShown: boolean;
  /** SHA-256 of what the text features and the head's use of them depend on. */
  wordsHash: string;
  /** SHA-256 of the picture that the garment will have; null: none. */
  imageHash: string | null;
}

/** A draft with what the model makes of it. */
export interface EncodedDraft {
  draft: GarmentDraft;
  /** Null: words and picture are as stored, so the stored embedding and what was inferred stay. */
  embedding: DraftEmbedding | null;
}

export interface DraftEmbedding {
  features: Features;
  /** What the garment is taken for. */
  reading: Classification;
  /** The head on either side alone, where there are both: what may contradict what. */
  apart: { words: Classification; picture: Classification } | null;
}

export interface FailedInput {
  index: number;
  problems: InputProblem[];
}

/** A stored garment as a draft that changes nothing of it, for a model that is to look at it again. */
export function draftOfStored(stored: Garment, index: number): GarmentDraft {
  const said = merchantFacts(stored);
  const { sku, imageHash } = stored;
  const asStored = { picture: undefined, source: undefined, isShown: false };
  return { index, sku, stored, said, ...asStored, wordsHash: textHashOf(said), imageHash };
}

/** What was said decides the type beside the words, so it is part of what makes a garment need a new reading. */
export function textHashOf(said: GarmentFacts): string {
  return createHash('sha256')
    .update(`${garmentWords(said)}\n${said.garmentType ?? ''}`)
    .digest('hex');
}
