// How good an answer the catalog could give. Pure; the thresholds are the bundle's.
import type { Candidate } from './candidate.js';
import { confidenceOf, signalsOf, type ConfidenceModel, type Signals } from './confidence.js';
import type { RequestKind } from './fusion.js';
import type { RecommendationStatus } from './recommendation.js';
import type { QueryInterpretation } from './query.understanding.js';

/** Confidence under which an answer is weak: more likely none than a good one. */
export const WEAK_BELOW_CONFIDENCE = 0.5;

export interface StatusSignals {
  interpretation: QueryInterpretation;
  /** p(good answer); null: the bundle was not calibrated, and `weakBelow` decides. */
  confidence: number | null;
  /** Similarity of the nearest garment below which an answer is weak, for a request of this kind; measured with the bundle. */
  weakBelow: number;
  /** How many garments the caller will show. */
  wanted: number;
}

/**
 * WEAK by the bundle's calibrated confidence, or where it has none: where nothing is asked for, or by its measured similarity: under it lie about 5 % of the requests that a
 * catalog can answer. Words that name no more than a type or a colour are near to nothing, and answered well by garments
 * that have it.
 */
export function statusOf(
  candidates: Candidate[],
  { interpretation, confidence, weakBelow, wanted }: StatusSignals,
): RecommendationStatus {
  if (candidates.length === 0) return 'EMPTY';
  if (confidence === null ? isFar(candidates, { interpretation, weakBelow }) : confidence < WEAK_BELOW_CONFIDENCE) {
    return 'WEAK';
  }
  return candidates.length < wanted ? 'PARTIAL' : 'OK';
}

function isFar(
  candidates: Candidate[],
  { interpretation, weakBelow }: Pick<StatusSignals, 'interpretation' | 'weakBelow'>,
): boolean {
  if (interpretation.showsNothing) return true;
  const nearest = Math.max(...candidates.map(({ textShare, imageShare }) => textShare + imageShare));
  return nearest < weakBelow && !hasWhatIsNamed(candidates, interpretation);
}

/** Whether some candidate has the type that the words name, or the colour where they name nothing else. */
function hasWhatIsNamed(candidates: Candidate[], { requested, namesOtherCategory }: QueryInterpretation): boolean {
  if (namesOtherCategory) return candidates.some(({ labelSimilarities }) => labelSimilarities.category >= 0.7);
  if (requested.garmentType) return candidates.some(({ typeProbability }) => typeProbability >= 0.5);
  return requested.colors.length > 0 && candidates.some(({ labelSimilarities }) => labelSimilarities.color >= 0.7);
}

/** What a bundle was measured with. */
export interface WeakThresholds {
  confidence?: Record<RequestKind, ConfidenceModel>;
  thresholds: { weakBelow: Record<RequestKind, number> };
}

export interface StatusAssessment {
  status: RecommendationStatus;
  /** What the confidence was read from; null where nothing matches. */
  signals: Signals | null;
}

/** The status of an answer, by the bundle's confidence for requests of this kind where it was calibrated. */
export function assessStatus(
  candidates: Candidate[],
  given: { interpretation: QueryInterpretation; isBlank: boolean; wanted: number; kind: RequestKind },
  { confidence: models, thresholds }: WeakThresholds,
): StatusAssessment {
  const { interpretation, isBlank, wanted, kind } = given;
  const signals = candidates.length > 0 ? signalsOf(candidates, interpretation, isBlank) : null;
  // with no label and no exact word to go by ("drop table users") likeness is all there is, and then it has to be near
  const calibrated = models && signals && signals.grounds > 0 ? models[kind] : null;
  const confidence = calibrated && signals ? confidenceOf(signals, calibrated) : null;
  return {
    signals,
    status: statusOf(candidates, { interpretation, confidence, wanted, weakBelow: thresholds.weakBelow[kind] }),
  };
}
