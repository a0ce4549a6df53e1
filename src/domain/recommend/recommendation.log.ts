// An answer as it is kept for a while: what was asked, what was made of it, and what of the ranking was read.
import type { RequestVector } from './fusion.js';
import type { Garment, GarmentFilter } from '../catalog/garment.js';
import type { AssignedVariant } from '../analytics/experiment.js';
import type { RankedGarment, RecommendationStatus, AppliedSettings } from './recommendation.js';
import type { EncodedPicture, EncodedText } from './recommend.request.js';
import type { QueryUnderstanding } from './query.understanding.js';
/** Ranks behind those that were to be shown, of which an answer keeps garment and score. */
export const RUNNERS_UP = 12;

/** A garment's place by itself, whether it was read or not. */
export interface RankedScore {
  garmentId: string;
  /** Without what diversity takes off, which depends on the garments above. */
  score: number;
}

/** What is known once a request is answered. Of a picture only that there was one. */
export interface RecommendationRecord {
  id: string;
  at: Date;
  text: string | null;
  avoid: string | null;
  hadImage: boolean;
  filter: GarmentFilter | null;
  diversity: number;
  /** As the storefront names them; it is hashed before it is kept. */
  shopper: string | null;
  understanding: QueryUnderstanding;
  status: RecommendationStatus;
  vector: RequestVector;
  /** What the encoder made of the picture; null without one. */
  picture: EncodedPicture | null;
  /** What it made of the words; null once they were forgotten. */
  words: EncodedText | null;
  /** Best first: as many as were to be shown, and RUNNERS_UP more. */
  ranking: RankedScore[];
  settings: AppliedSettings;
  /** Of the experiments that ran, as the shopper has them; empty without one. */
  variants: AssignedVariant[];
  /** To the ranking; reading its pages comes on top. */
  latencyMs: number;
  /** Milliseconds of each stage. */
  stages: Record<string, number>;
}

/** A garment as it was shown. */
export interface ShownGarment extends RankedGarment {
  sku: string;
  reasons: string[];
}

/** An answer as analysts find it again. */
export interface LoggedRecommendation extends Omit<
  RecommendationRecord,
  'shopper' | 'vector' | 'picture' | 'words' | 'ranking' | 'settings'
> {
  shown: ShownGarment[];
}

/** The same with all that it is answered again from. The shopper is a hash by now. */
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
