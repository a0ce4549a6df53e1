// How good an answer the catalog could give. Pure; the thresholds are the bundle's.
import type { Candidate } from './candidate.js';
import type { RecommendationStatus } from './recommendation.js';
import type { RequestReading } from './understanding.js';

export interface StatusGrounds {
  reading: RequestReading;
  /** Similarity of the nearest garment below which an answer is weak, for a request of this kind; measured with the bundle. */
  weakBelow: number;
  /** How many garments the caller will show. */
  wanted: number;
}

/**
 * WEAK where nothing is asked for, or by the bundle's measured similarity: under it lie about 5 % of the requests that a
 * catalog can answer. Words that name no more than a type or a colour are near to nothing, and answered well by garments
 * that have it.
 */
export function statusOf(candidates: Candidate[], { reading, weakBelow, wanted }: StatusGrounds): RecommendationStatus {
  if (candidates.length === 0) return 'EMPTY';
  if (reading.showsNothing) return 'WEAK';
  const nearest = Math.max(...candidates.map(({ textShare, imageShare }) => textShare + imageShare));
  if (nearest < weakBelow && !hasWhatIsNamed(candidates, reading)) return 'WEAK';
  return candidates.length < wanted ? 'PARTIAL' : 'OK';
}

/** Whether some candidate has the type that the words name, or the colour where they name nothing else. */
function hasWhatIsNamed(candidates: Candidate[], { asked, namesOtherThing }: RequestReading): boolean {
  if (namesOtherThing) return candidates.some(({ fits }) => fits.category >= 0.7);
  if (asked.garmentType) return candidates.some(({ typeProbability }) => typeProbability >= 0.5);
  return asked.colors.length > 0 && candidates.some(({ fits }) => fits.color >= 0.7);
}
