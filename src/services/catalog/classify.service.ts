// What the classifier head sees in words, a picture or both.
import { GARMENT_TYPES, type GarmentType } from '../../domain/catalog/garment.js';
import { rankedLabels, type HeadOutput, type LabelProbability } from '../../domain/recommend/classification.js';
import { requestWords, type ImageSource } from '../../domain/recommend/recommend.request.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError } from '../../errors.js';
import type { Encoders } from '../../inference/encoders.js';
import type { QueryEncoder } from '../recommend/query.encoder.js';
import type { GarmentTypeProbability } from '../../domain/recommend/query.understanding.js';

export interface GarmentClassification {
  garmentTypes: GarmentTypeProbability[];
  categories: LabelProbability[];
  colors: LabelProbability[];
  genders: LabelProbability[];
  usages: LabelProbability[];
  /** Probability that there is nothing that a fashion shop has; null where the bundle's head does not tell. */
  nothing: number | null;
}

export class ClassifyService {
  constructor(private readonly parts: { encoders: Encoders; queryEncoder: QueryEncoder }) {}

  /** Five calibrated distributions, each most likely first. @throws FitroomError QUERY_EMPTY, TEXT_TOO_LONG and the picture's */
  async classify(
    ctx: StoreContext,
    given: { text?: string | null; image?: ImageSource | null },
  ): Promise<GarmentClassification> {
    const words = requestWords(given.text, 'text');
    if (words === null && !given.image) throw new FitroomError('QUERY_EMPTY');
    const { features } = await this.parts.queryEncoder.encodeQuery(ctx, words, given.image ?? null);
    const reading = await this.parts.encoders.readHead(features);
    const { labels } = this.parts.encoders.bundle.manifest.head;
    const ranked = (output: HeadOutput): LabelProbability[] => rankedLabels(labels[output], reading[output]);
    return {
      garmentTypes: rankedLabels(GARMENT_TYPES, reading.garmentType).map(({ label, probability }) => ({
        garmentType: label as GarmentType,
        probability,
      })),
      categories: ranked('category'),
      colors: ranked('color'),
      genders: ranked('gender'),
      usages: ranked('usage'),
      nothing: reading.nothing ?? null,
    };
  }
}
