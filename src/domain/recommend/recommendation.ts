// A ranked answer: what was understood of the request, and the candidates in their order with the parts of their scores.
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

/** One part of a score. The parts of one garment add up to its score. */
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
  /** The merchant's rules that it comes from, by name; of `shopper` the side of the taste that says most. */
  detail?: string;
}

export interface RankedGarment {
  garmentId: string;
  /** From 1. */
  rank: number;
  score: number;
  contributions: ScoreContribution[];
  /** Cosine −1…1 of the request's vector to the garment's text / picture features; null where either lacks that side. */
  textSimilarity: number | null;
  imageSimilarity: number | null;
  /** Σ_type p(type | request)·p(type | garment), 0…1. */
  typeProbability: number;
}

export interface Recommendation {
  id: string;
  understanding: QueryUnderstanding;
  status: RecommendationStatus;
  /** What the confidence was read from; null where nothing matches. */
  signals: Signals | null;
  /** The whole ranking, to a depth that does not depend on the page that was asked for. */
  ranked: RankedGarment[];
  /** Which garments could come up at all: the filter, and what merchants hide from such a request. Looks also leave out what is avoided. */
  scope: { filter: GarmentFilter; hide: readonly RuleTarget[]; avoid: readonly AvoidedTerm[] };
  /** Of its words. */
  language: Language;
  /** What the words alone named, for the reasons. */
  requested: RequestedLabels;
  /** Of the experiments that run, as the shopper has them. */
  variants: AssignedVariant[];
  /** What shaped the ranking beside the request. */
  settings: AppliedSettings;
}

/** A field of a filter that leaves nothing, and how many garments would match without it. */
export interface EmptyingFilter {
  field: string;
  garments: number;
}

/** One row of a page: a ranked garment with its catalog row and what to tell the shopper. */
export interface RecommendedGarment {
  cursor: string;
  garment: Garment;
  ranked: RankedGarment;
  reasons: string[];
}

/** What shaped a ranking beside the request's words, picture and filter. */
export interface AppliedSettings {
  /** As it was wished; what it came to is part of the understanding. */
  fusion: FusionOptions;
  /** Strength of the shopper's taste, 0…2. */
  taste: number;
  /** Version of the learned weights; null: none. */
  learned: number | null;
  /** A variant ruled them out; absent: none did. */
  withoutLearned?: boolean;
  /** Ids of the merchandising rules that held, in their order. */
  rules: string[];
  /** How many garments were to be shown. */
  wanted: number;
}
