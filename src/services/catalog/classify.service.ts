// Classification of a text, a picture, or both.
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
  /** Probability that the input shows no fashion item. Null if the bundle's head lacks this output. */
  nothing: number | null;
}

export class ClassifyService {
  constructor(private readonly parts: { encoders: Encoders; queryEncoder: QueryEncoder }) {}

  /**
   * Returns five calibrated distributions, each with the most likely label first.
   * @throws FitroomError QUERY_EMPTY, TEXT_TOO_LONG and the errors of the picture
   */
  async classify(
    ctx: StoreContext,
    query: { text?: string | null; image?: ImageSource | null },
  ): Promise<GarmentClassification> {
    const text = requestWords(query.text, 'text');
    if (text === null && !query.image) throw new FitroomError('QUERY_EMPTY');
    const { features } = await this.parts.queryEncoder.encodeQuery(ctx, text, query.image ?? null);
    const classification = await this.parts.encoders.readHead(features);
    const { labels } = this.parts.encoders.bundle.manifest.head;
    const ranked = (output: HeadOutput): LabelProbability[] => rankedLabels(labels[output], classification[output]);
    return {
      garmentTypes: rankedLabels(GARMENT_TYPES, classification.garmentType).map(({ label, probability }) => ({
        garmentType: label as GarmentType,
        probability,
      })),
      categories: ranked('category'),
      colors: ranked('color'),
      genders: ranked('gender'),
      usages: ranked('usage'),
      nothing: classification.nothing ?? null,
    };
  }
}
