// Fusion of text and picture features, F = f(F_t, F_i), by algebra or by the attention network.
import {
  withModalityWeights,
  fuse,
  needsAttention,
  presentWeights,
  type Features,
  type Fusion,
  type RequestVector,
} from '../../domain/recommend/fusion.js';
import type { FusionOptions } from '../../domain/recommend/recommend.request.js';
import { FitroomError } from '../../errors.js';
import type { Encoders } from '../../inference/encoders.js';

export class QueryFuser {
  constructor(private readonly encoders: Pick<Encoders, 'bundle' | 'attend'>) {}

  /**
   * Returns the fusion of a request. The bundle's defaults fill in absent options.
   * @throws FitroomError FUSION_METHOD_UNSUPPORTED
   */
  choose(features: Features, options: FusionOptions): Fusion {
    const { fusion } = this.encoders.bundle.manifest;
    const method = options.method ?? fusion.default;
    if (!fusion.methods.includes(method)) {
      throw new FitroomError('FUSION_METHOD_UNSUPPORTED', undefined, ['fusion', 'method']);
    }
    const preferred = fusion.weights[method]!;
    const weights = { text: options.textWeight ?? preferred.text, image: options.imageWeight ?? preferred.image };
    return { method, weights: presentWeights(features, weights) };
  }

  /**
   * Returns the query vector. Text and image parts together have length 1.
   * @param fusion result of `choose` for these features
   * @throws FitroomError FUSION_CANCELS_OUT
   */
  async fuse(features: Features, fusion: Fusion): Promise<RequestVector> {
    const { halves, attention } = this.encoders.bundle.manifest.fusion;
    if (needsAttention(features, fusion)) {
      return withModalityWeights(await this.encoders.attend(features, fusion.weights), attention!.halves);
    }
    try {
      return fuse(features, fusion, halves);
    } catch (error) {
      if (error instanceof RangeError) throw new FitroomError('FUSION_CANCELS_OUT', undefined, ['fusion']);
      throw error;
    }
  }
}
