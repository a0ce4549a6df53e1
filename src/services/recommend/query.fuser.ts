// F = f(F_t, F_i) as the request wishes and the bundle can: the algebra is domain/fusion.ts, attention the bundle's network.
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

  /** What the request wishes, the bundle's own choice where it wishes nothing. @throws FitroomError FUSION_METHOD_UNSUPPORTED */
  choose(features: Features, wish: FusionOptions): Fusion {
    const { fusion } = this.encoders.bundle.manifest;
    const method = wish.method ?? fusion.default;
    if (!fusion.methods.includes(method)) {
      throw new FitroomError('FUSION_METHOD_UNSUPPORTED', undefined, ['fusion', 'method']);
    }
    const preferred = fusion.weights[method]!;
    const weights = { text: wish.textWeight ?? preferred.text, image: wish.imageWeight ?? preferred.image };
    return { method, weights: presentWeights(features, weights) };
  }

  /**
   * @param fusion as `choose` gave it for these features
   * @returns a vector of length 1 over both halves
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
