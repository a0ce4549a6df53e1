// The recommendation log: requests, their query understanding, and the garments that were shown.
import type { RequestVector } from './fusion.js';
import type { Garment, GarmentFilter } from '../catalog/garment.js';
import type { AssignedVariant } from '../analytics/experiment.js';
import type { RankedGarment, RecommendationStatus, AppliedSettings } from './recommendation.js';
import type { EncodedPicture, EncodedText } from './recommend.request.js';
import type { QueryUnderstanding } from './query.understanding.js';

/** Number of ranks behind the shown garments for which the log keeps garment and score. */
export const RUNNERS_UP = 12;

/** A garment's position in a ranking, shown or not. */
export interface RankedScore {
  garmentId: string;
  /** The score without the MMR deduction, which depends on the garments above. */
  score: number;
}

/** The record of one request. It contains the encoding of a picture, but never the picture itself. */
export interface RecommendationRecord {
  id: string;
  at: Date;
  text: string | null;
  avoid: string | null;
  hadImage: boolean;
  filter: GarmentFilter | null;
  diversity: number;
  /** The storefront's id of the shopper. It is hashed before it is stored. */
  shopper: string | null;
  understanding: QueryUnderstanding;
  status: RecommendationStatus;
  vector: RequestVector;
  /** The encoding of the picture; null without one. */
  picture: EncodedPicture | null;
  /** The encoding of the text; null after the shopper's data is deleted. */
  words: EncodedText | null;
  /** Best first: the shown garments and RUNNERS_UP more. */
  ranking: RankedScore[];
  settings: AppliedSettings;
  /** The shopper's variants in the running experiments; empty without any. */
  variants: AssignedVariant[];
  /** Time up to the ranking. Loading its pages is not included. */
  latencyMs: number;
  /** Duration of each stage in milliseconds. */
  stages: Record<string, number>;
}

/** A garment that was shown. */
export interface ShownGarment extends RankedGarment {
  sku: string;
  reasons: string[];
}

/** A recommendation as analysts see it. */
export interface LoggedRecommendation extends Omit<
  RecommendationRecord,
  'shopper' | 'vector' | 'picture' | 'words' | 'ranking' | 'settings'
> {
  shown: ShownGarment[];
}

/** A logged recommendation with everything that a replay needs. The shopper is a hash. */
export type ReplayableRecommendation = LoggedRecommendation &
  Pick<RecommendationRecord, 'shopper' | 'picture' | 'words' | 'ranking' | 'settings'>;

export interface ReplayedGarment extends RankedGarment {
  garment: Garment;
  reasons: string[];
}

export interface RecommendationPage {
  recommendations: LoggedRecommendation[];
  hasNextPage: boolean;
}
