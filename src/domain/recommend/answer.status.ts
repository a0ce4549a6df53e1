// Status of a recommendation: how well the catalog can serve the request.
import type { Candidate } from './candidate.js';
import { confidenceOf, signalsOf, type ConfidenceModel, type Signals } from './confidence.js';
import type { RequestKind } from './fusion.js';
import type { RecommendationStatus } from './recommendation.js';
import type { QueryInterpretation } from './query.understanding.js';

/** Confidence below which a recommendation is WEAK: a good result is then less likely than none. */
export const WEAK_BELOW_CONFIDENCE = 0.5;

export interface StatusSignals {
  interpretation: QueryInterpretation;
  /** p(the catalog has a good result); null for a bundle without calibration, for which `weakBelow` decides. */
  confidence: number | null;
  /** Similarity of the nearest garment below which a request of this kind is WEAK; measured with the bundle. */
  weakBelow: number;
  /** Number of garments that the caller displays. */
  wanted: number;
}

/**
 * Returns the status. WEAK follows from the bundle's calibrated confidence. Without calibration it follows from an
 * empty query understanding or a low similarity; about 5 % of the requests that a catalog can serve are below the
 * similarity threshold. A text that names only a type or a color has low similarities but good results, so a garment
 * with that label prevents WEAK.
 */
export function statusOf(
  candidates: Candidate[],
  { interpretation, confidence, weakBelow, wanted }: StatusSignals,
): RecommendationStatus {
  if (candidates.length === 0) return 'EMPTY';
  if (confidence === null ? isTooFar(candidates, { interpretation, weakBelow }) : confidence < WEAK_BELOW_CONFIDENCE) {
    return 'WEAK';
  }
  return candidates.length < wanted ? 'PARTIAL' : 'OK';
}

function isTooFar(
  candidates: Candidate[],
  { interpretation, weakBelow }: Pick<StatusSignals, 'interpretation' | 'weakBelow'>,
): boolean {
  if (interpretation.showsNothing) return true;
  const nearest = Math.max(...candidates.map(({ textShare, imageShare }) => textShare + imageShare));
  return nearest < weakBelow && !hasNamedLabel(candidates, interpretation);
}

/**
 * Returns true if a candidate has the category or type that the text names, or the color if the text names only a
 * color.
 */
function hasNamedLabel(candidates: Candidate[], { requested, namesOtherCategory }: QueryInterpretation): boolean {
  if (namesOtherCategory) return candidates.some(({ labelSimilarities }) => labelSimilarities.category >= 0.7);
  if (requested.garmentType) return candidates.some(({ typeProbability }) => typeProbability >= 0.5);
  return requested.colors.length > 0 && candidates.some(({ labelSimilarities }) => labelSimilarities.color >= 0.7);
}

/** The thresholds measured with a bundle. */
export interface WeakThresholds {
  confidence?: Record<RequestKind, ConfidenceModel>;
  thresholds: { weakBelow: Record<RequestKind, number> };
}

export interface StatusAssessment {
  status: RecommendationStatus;
  /** The input of the confidence model; null without candidates. */
  signals: Signals | null;
}

/**
 * Returns the status with its signals. The confidence model is used if the bundle is calibrated for this kind of
 * request.
 */
export function assessStatus(
  candidates: Candidate[],
  request: { interpretation: QueryInterpretation; isBlank: boolean; wanted: number; kind: RequestKind },
  { confidence: models, thresholds }: WeakThresholds,
): StatusAssessment {
  const { interpretation, isBlank, wanted, kind } = request;
  const signals = candidates.length > 0 ? signalsOf(candidates, interpretation, isBlank) : null;
  // Without a label or a rare term ("drop table users"), only similarity is left, and the similarity threshold decides.
  const calibrated = models && signals && signals.grounds > 0 ? models[kind] : null;
  const confidence = calibrated && signals ? confidenceOf(signals, calibrated) : null;
  return {
    signals,
    status: statusOf(candidates, { interpretation, confidence, wanted, weakBelow: thresholds.weakBelow[kind] }),
  };
}
