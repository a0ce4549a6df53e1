// Drafts of garments: the input of a merchant, the stored garment, and the new picture.
import { createHash } from 'node:crypto';
import type { Features } from '../../domain/recommend/fusion.js';
import type { Garment, GarmentFacts, PictureSource } from '../../domain/catalog/garment.js';
import { garmentWords } from '../../domain/text/garment.text.js';
import { merchantFacts, type InputProblem } from '../../domain/catalog/garment.input.js';
import type { Classification } from '../../domain/recommend/classification.js';
import type { PreparedPicture } from '../../pictures/stored.picture.js';

/** The effect of an input on a garment's picture. */
export interface ArrivedPicture {
  /** The new picture. Null deletes the stored picture, undefined keeps it. */
  picture: PreparedPicture | null | undefined;
  /** The URL of the new picture. Null for a picture without a URL, undefined to keep the stored URL. */
  source: PictureSource | null | undefined;
}

export interface GarmentDraft extends ArrivedPicture {
  /** Position in the call, for error messages. */
  index: number;
  sku: string;
  stored: Garment | null;
  /** The merchant's own facts after this input, without inferred facts. */
  statedFacts: GarmentFacts;
  /** True if the input has a picture, even if it equals the stored one. */
  bringsPicture: boolean;
  /** SHA-256 of the text and the stated type, which the text features and the classification depend on. */
  wordsHash: string;
  /** SHA-256 of the picture after this input. Null for a garment without a picture. */
  imageHash: string | null;
}

/** A draft with its embedding. */
export interface EncodedDraft {
  draft: GarmentDraft;
  /** Null if text and picture are unchanged. The stored embedding and the inferred facts stay. */
  embedding: DraftEmbedding | null;
}

export interface DraftEmbedding {
  features: Features;
  /** The classification of the garment. */
  reading: Classification;
  /** The classifications of text and picture alone, to detect contradictions. Null unless the garment has both. */
  apart: { words: Classification; picture: Classification } | null;
}

export interface FailedInput {
  index: number;
  problems: InputProblem[];
}

/** Returns a draft that changes nothing, for a model that embeds or classifies the stored garment again. */
export function draftOfStored(stored: Garment, index: number): GarmentDraft {
  const { sku, imageHash } = stored;
  const statedFacts = merchantFacts(stored);
  return {
    index,
    sku,
    stored,
    statedFacts,
    picture: undefined,
    source: undefined,
    bringsPicture: false,
    wordsHash: textHashOf(statedFacts),
    imageHash,
  };
}

/** Returns a SHA-256 (hex). The stated type is part of it, because a changed type needs a new classification. */
export function textHashOf(statedFacts: GarmentFacts): string {
  return createHash('sha256')
    .update(`${garmentWords(statedFacts)}\n${statedFacts.garmentType ?? ''}`)
    .digest('hex');
}
