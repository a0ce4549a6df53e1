// A search hit: a garment's id and the raw similarities that the one vector query measured, before any weighing.
import type { AskedRoots, LabelFits } from './label.fit.js';
import type { RuleTarget } from './merchandising.rule.js';
import type { Taste } from './taste.js';

export interface Candidate {
  garmentId: string;
  /** Inner product of the request vector's text half with the garment's text features; 0 where either lacks them. */
  textShare: number;
  /** Inner product of the request vector's image half with the garment's picture features. */
  imageShare: number;
  /** The garment has text / picture features. */
  hasText: boolean;
  hasImage: boolean;
  /** Σ_type p(type | request)·p(type | garment), 0…1. */
  typeProbability: number;
  /** How well the garment's labels fit those that are asked for. */
  fits: LabelFits;
  /** Cosine −1…1 between what is to be avoided and the garment, mean over the halves it has; 0 where nothing is. */
  avoidSimilarity: number;
  /** Inner products of the shopper's taste with the garment's features and labels; 0 where none is known. */
  tasteSimilarity: number;
  tasteFits: LabelFits;
  /** Σ p(type | words to avoid)·p(type | garment), 0…1, and fits to their labels; 0 where those words name none. */
  avoidedTypeProbability: number;
  avoidedFits: LabelFits;
  /** Its words have one of those to be avoided. */
  saysAvoided: boolean;
  /** ts_rank_cd of the request's words over the garment's words, 0…1; 0 without words. */
  lexicalRank: number;
  /**
   * For each of the search's bending rules: null where it is not about this garment, else the garment's position among the
   * rule's skus from 1, or 0 where the rule goes by a filter.
   */
  ruled: (number | null)[];
}

/** The rules of a search, as far as the search has to know them. */
export interface SearchRules {
  /** What does not come up at all. */
  hide: readonly RuleTarget[];
  /** What candidates are held against, in this order. Those that are pinned come up whether or not they are near. */
  bend: readonly (RuleTarget & { isPin: boolean })[];
}

/** What a shopper does not want. */
export interface Avoided {
  /** Unit features of the words. */
  features: Float32Array;
  /** A tsquery of the words' beginnings, or null. */
  wordsQuery: string | null;
  /** As for the request itself: null where the words name no type, no label of that kind. */
  typeProbabilities: Float32Array | null;
  asked: AskedRoots;
}

/** What the vector query is asked. All vectors have the bundle's dimensions. */
export interface CandidateSearch {
  model: string;
  vector: { text: Float32Array; image: Float32Array };
  /** p(type | request) in the order of GARMENT_TYPES, or null: the request says nothing of a type. */
  typeProbabilities: Float32Array | null;
  asked: AskedRoots;
  avoid: Avoided | null;
  /** What the shopper likes; absent or null: nothing is known. */
  taste?: Taste | null;
  /** The request's words for the lexical share, or null. */
  words: string | null;
  /** Depth: how many candidates, whatever page is asked for. */
  limit: number;
  rules: SearchRules;
}

export const NO_RULES: SearchRules = { hide: [], bend: [] };
