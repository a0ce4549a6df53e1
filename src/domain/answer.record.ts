// An answer as it is kept for a while: what was asked, what was made of it, and what of the ranking was read.
import type { RequestVector } from './fusion.js';
import type { Garment, GarmentFilter } from './garment.js';
import type { QueryUnderstanding, RankedGarment, RecommendationStatus } from './recommendation.js';

/** What is known once a request is answered. Of a picture only that there was one. */
export interface AnswerRecord {
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
export interface KeptAnswer extends Omit<AnswerRecord, 'shopper' | 'vector'> {
  shown: ShownGarment[];
}

export interface ShownAgain extends RankedGarment {
  garment: Garment;
  reasons: string[];
}

export interface AnswerPage {
  answers: KeptAnswer[];
  hasNextPage: boolean;
}
