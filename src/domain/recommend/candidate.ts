// A search hit: a garment's id and the raw similarities that the one vector query measured, before any weighing.
import type { RareTermHits } from '../text/rare.terms.js';
import type { QueryRoots, LabelSimilarities } from './label.similarity.js';
import type { SearchRules } from './merchandising.rule.js';
import type { ShopperProfile } from './shopper.profile.js';

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
  labelSimilarities: LabelSimilarities;
  /** Inner products of the shopper's taste with the garment's features and labels; 0 where none is known. */
  profileSimilarity: number;
  profileLabelSimilarities: LabelSimilarities;
  /** How much of each thing that is to be avoided it has, in the order of the search's. */
  avoidedSimilarities: AvoidedSimilarity[];
  /** ts_rank_cd of the request's words over the garment's words, 0…1; 0 without words. */
  lexicalRank: number;
  /** Σ of the weights of the telling words that it has, and 2 where its number is named; 0 where there are none. */
  rareTermScore: number;
  /** What it is one of in several colours or sizes; null: of nothing. */
  variant: string | null;
  /** Its title, own colour and sizes as a hash: garments that agree in it are no variants of one another. */
  variantFingerprint: string;
  color: string | null;
  inStock: boolean;
  /**
   * For each of the search's bending rules: null where it is not about this garment, else the garment's position among the
   * rule's skus from 1, or 0 where the rule goes by a filter.
   */
  ruleMatches: (number | null)[];
}

/** How a garment stands to one thing that is to be avoided. */
export interface AvoidedSimilarity {
  /** Cosine −1…1 to the garment, mean over the halves that can be compared. */
  similarity: number;
  /** Σ p(type | words)·p(type | garment), 0…1, and fits to the labels that the words name; 0 where they name none. */
  typeProbability: number;
  labelSimilarities: LabelSimilarities;
  /** The garment's words have all of it. */
  matchesText: boolean;
}

/** One thing that a shopper does not want: "stripes", "black shoes". */
export interface AvoidedTerm {
  /** Unit features of its words. */
  features: Float32Array;
  /** Whether pictures can be compared with words: the bundle's `aligned`. */
  comparesPictures: boolean;
  /** A tsquery of the beginnings of all its words, or null. */
  wordsQuery: string | null;
  /** Which labels say all that its words say; where those are none, likeness and words alone tell. */
  labels: { kind: boolean; color: boolean };
  /** As for the request itself: null where the words name no type, no label of that kind. */
  typeProbabilities: Float32Array | null;
  roots: QueryRoots;
}

/** What the vector query is asked. All vectors have the bundle's dimensions. */
export interface CandidateSearch {
  model: string;
  vector: { text: Float32Array; image: Float32Array };
  /** p(type | request) in the order of GARMENT_TYPES, or null: the request says nothing of a type. */
  typeProbabilities: Float32Array | null;
  queryRoots: QueryRoots;
  avoid: readonly AvoidedTerm[];
  /** What the shopper likes; absent or null: nothing is known. */
  profile?: ShopperProfile | null;
  /** The request's words for the lexical share, or null. */
  words: string | null;
  /** What exact words brought up; absent: nothing. */
  rareTerms?: RareTermHits;
  /** Depth: how many candidates, whatever page is asked for. */
  limit: number;
  rules: SearchRules;
}
