// Search candidates and the vector query: garment ids with raw similarities, before any weighting.
import type { RareTermHits } from '../text/rare.terms.js';
import type { QueryRoots, LabelSimilarities } from './label.similarity.js';
import type { SearchRules } from './merchandising.rule.js';
import type { ShopperProfile } from './shopper.profile.js';

export interface Candidate {
  garmentId: string;
  /** Inner product of the request vector's text part and the garment's text features; 0 if either is missing. */
  textShare: number;
  /** Inner product of the request vector's image part and the garment's picture features; 0 if either is missing. */
  imageShare: number;
  /** True if the garment has text features; `hasImage` is the same for picture features. */
  hasText: boolean;
  hasImage: boolean;
  /** Σ_type p(type | request)·p(type | garment), 0…1. */
  typeProbability: number;
  /** Similarity of the garment's labels to the requested labels. */
  labelSimilarities: LabelSimilarities;
  /** Inner products of the shopper profile with the garment's features and labels; 0 without a profile. */
  profileSimilarity: number;
  profileLabelSimilarities: LabelSimilarities;
  /** Similarity to each avoided term, in the order of the search. */
  avoidedSimilarities: AvoidedSimilarity[];
  /** ts_rank_cd of the request's text over the garment's text, 0…1; 0 without text. */
  lexicalRank: number;
  /**
   * Sum of the weights of the rare terms that the garment has, and 2 if the request contains its SKU; 0 without rare
   * terms.
   */
  rareTermScore: number;
  /** Key of the group of color and size variants that the garment belongs to; null without a group. */
  variant: string | null;
  /** Hash of title, own color and sizes. Garments with the same hash are not variants of each other. */
  variantFingerprint: string;
  color: string | null;
  inStock: boolean;
  /**
   * One entry for each boost, bury and pin rule of the search. Null if the rule does not match the garment. Otherwise
   * the garment's position among the rule's SKUs, from 1, or 0 for a rule with a filter.
   */
  ruleMatches: (number | null)[];
}

/** How similar a garment is to one avoided term. */
export interface AvoidedSimilarity {
  /** Cosine −1…1 to the garment, averaged over the comparable modalities. */
  similarity: number;
  /** Σ p(type | text)·p(type | garment), 0…1, and the similarity to the named labels; 0 if the text names none. */
  typeProbability: number;
  labelSimilarities: LabelSimilarities;
  /** True if the garment's text contains the whole term. */
  matchesText: boolean;
}

/** One term that a shopper does not want: "stripes", "black shoes". */
export interface AvoidedTerm {
  /** Unit features of the term's text. */
  features: Float32Array;
  /** True if text and pictures can be compared: the bundle's `aligned`. */
  comparesPictures: boolean;
  /** A tsquery of the stems of all its words, or null. */
  wordsQuery: string | null;
  /** The labels that cover the whole term. If both are false, only similarity and the tsquery count. */
  labels: { kind: boolean; color: boolean };
  /** As for the request itself: null if the text names no type, or no label of an output. */
  typeProbabilities: Float32Array | null;
  roots: QueryRoots;
}

/** The input of the vector query. All vectors have the bundle's dimensions. */
export interface CandidateSearch {
  model: string;
  vector: { text: Float32Array; image: Float32Array };
  /** p(type | request) in the order of GARMENT_TYPES, or null if the request names no type. */
  typeProbabilities: Float32Array | null;
  queryRoots: QueryRoots;
  avoid: readonly AvoidedTerm[];
  /** The shopper profile; absent or null if there is none. */
  profile?: ShopperProfile | null;
  /** The request's text for the lexical rank, or null. */
  words: string | null;
  /** Garments retrieved by rare terms; absent for none. */
  rareTerms?: RareTermHits;
  /** Number of candidates, independent of the requested page. */
  limit: number;
  rules: SearchRules;
}
