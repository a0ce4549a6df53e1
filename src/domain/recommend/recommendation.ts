// The recommendation: its query understanding, its ranked garments and their score contributions.
import type { AvoidedTerm } from './candidate.js';
import type { AssignedVariant } from '../analytics/experiment.js';
import type { Signals } from './confidence.js';
import type { ComparedOutput } from './label.similarity.js';
import type { Garment, GarmentFilter } from '../catalog/garment.js';
import type { Language } from '../text/language.js';
import type { RuleTarget } from './merchandising.rule.js';
import type { RequestedLabels, QueryUnderstanding } from './query.understanding.js';
import type { FusionOptions } from './recommend.request.js';

export const RECOMMENDATION_STATUSES = ['OK', 'PARTIAL', 'WEAK', 'EMPTY'] as const;
export type RecommendationStatus = (typeof RECOMMENDATION_STATUSES)[number];

/** One part of a score. The contributions of a garment add up to its score. */
export interface ScoreContribution {
  name:
    | 'textSimilarity'
    | 'imageSimilarity'
    | 'garmentType'
    | ComparedOutput
    | 'lexical'
    | 'avoid'
    | 'shopper'
    | 'learned'
    | 'boost'
    | 'bury'
    | 'diversity'
    | 'pin';
  value: number;
  /** Names of the merchant's rules; for `shopper`, the part of the shopper profile that contributes most. */
  detail?: string;
}

export interface RankedGarment {
  garmentId: string;
  /** From 1. */
  rank: number;
  score: number;
  contributions: ScoreContribution[];
  /** Cosine −1…1 of the request vector to the garment's text / picture features; null if either is missing. */
  textSimilarity: number | null;
  imageSimilarity: number | null;
  /** Σ_type p(type | request)·p(type | garment), 0…1. */
  typeProbability: number;
}

export interface Recommendation {
  id: string;
  understanding: QueryUnderstanding;
  status: RecommendationStatus;
  /** The input of the confidence model; null without candidates. */
  signals: Signals | null;
  /** The whole ranking. Its depth does not depend on the requested page. */
  ranked: RankedGarment[];
  /**
   * The garments that can appear: the filter, and the merchants' hide rules for the request. Outfits also exclude
   * `avoid`.
   */
  scope: { filter: GarmentFilter; hide: readonly RuleTarget[]; avoid: readonly AvoidedTerm[] };
  /** Language of the request's text. */
  language: Language;
  /** The labels that the text alone names, for the explanations. */
  requested: RequestedLabels;
  /** The shopper's variants in the running experiments. */
  variants: AssignedVariant[];
  /** The settings that influenced the ranking in addition to the request. */
  settings: AppliedSettings;
}

/** A filter field that leaves no garment, and the number of garments that match without it. */
export interface EmptyingFilter {
  field: string;
  garments: number;
}

/** One row of a page: a ranked garment with its catalog row and its explanation. */
export interface RecommendedGarment {
  cursor: string;
  garment: Garment;
  ranked: RankedGarment;
  reasons: string[];
}

/** Settings that influenced a ranking in addition to the request's text, picture and filter. */
export interface AppliedSettings {
  /** The requested options; the query understanding has the applied ones. */
  fusion: FusionOptions;
  /** Strength of the shopper profile, 0…2. */
  taste: number;
  /** Version of the learned weights; null for none. */
  learned: number | null;
  /** True if an experiment variant disabled the learned weights. */
  withoutLearned?: boolean;
  /** Ids of the merchandising rules that applied, in their order. */
  rules: string[];
  /** Number of garments to show. */
  wanted: number;
}
