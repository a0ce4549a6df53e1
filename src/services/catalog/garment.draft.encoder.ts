// Embeddings of garment drafts. Only changed text and pictures go through an encoder.
import type { Features } from '../../domain/recommend/fusion.js';
import { garmentWords } from '../../domain/text/garment.text.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { readGarment } from '../../domain/recommend/query.understanding.js';
import type { Encoders } from '../../inference/encoders.js';
import { openPicture } from '../../pictures/picture.js';
import { rankOfCaller } from '../../pictures/turns.js';
import type { EmbeddingRepository, StoredFeatures } from '../../store/embedding.repository.js';
import type { ImageRepository } from '../../store/image.repository.js';
import type { QueryEncoder } from '../recommend/query.encoder.js';
import type { DraftEmbedding, EncodedDraft, GarmentDraft } from './garment.draft.js';
import type { ShippedEmbeddings } from './shipped.embedding.js';
import { garmentRoots, garmentTypeProbabilities } from '../../domain/catalog/attribute.inference.js';
import type { Bundle } from '../../inference/bundle.js';
import type { EmbeddingToSave } from '../../store/garment.writes.js';
import { headLabels } from '../recommend/query.understander.js';

export interface GarmentDraftEncoderParts {
  encoders: Encoders;
  queryEncoder: QueryEncoder;
  embeddings: EmbeddingRepository;
  images: ImageRepository;
}

export class GarmentDraftEncoder {
  constructor(private readonly parts: GarmentDraftEncoderParts) {}

  /** Encodes drafts. @throws RangeError if the model gives no usable vector for a draft */
  async encode(ctx: StoreContext, drafts: GarmentDraft[]): Promise<EncodedDraft[]> {
    return (await this.encodeEach(ctx, drafts)).map((outcome) => {
      if (outcome instanceof RangeError) throw outcome;
      return outcome;
    });
  }

  /**
   * Encodes drafts and returns them in the same order, with a RangeError for each draft that the model gives no usable
   * vector for.
   * @param shipped embeddings that exist already
   */
  async encodeEach(
    ctx: StoreContext,
    drafts: GarmentDraft[],
    shipped?: ShippedEmbeddings,
  ): Promise<(EncodedDraft | RangeError)[]> {
    const ids = drafts.flatMap(({ stored }) => (stored ? [stored.id] : []));
    const model = this.parts.encoders.bundle.id;
    const storedById =
      ids.length === 0 ? new Map<string, StoredFeatures>() : await this.parts.embeddings.featuresOf(ctx, model, ids);
    return Promise.all(
      drafts.map(async (draft) => {
        const stored = draft.stored ? storedById.get(draft.stored.id) : undefined;
        try {
          return { draft, embedding: shipped?.(draft) ?? (await this.embed(ctx, draft, stored)) };
        } catch (error) {
          if (error instanceof RangeError) return error;
          throw error;
        }
      }),
    );
  }

  /** Returns null if text and picture are unchanged. */
  private async embed(
    ctx: StoreContext,
    draft: GarmentDraft,
    stored: StoredFeatures | undefined,
  ): Promise<DraftEmbedding | null> {
    const hasSameText = stored !== undefined && stored.wordsHash === draft.wordsHash;
    const hasSamePicture = stored !== undefined && stored.imageHash === draft.imageHash;
    if (hasSameText && hasSamePicture) return null;
    const { encoders } = this.parts;
    const [text, image] = await Promise.all([
      hasSameText ? stored.features.text : encoders.encodeWords(garmentWords(draft.statedFacts)),
      hasSamePicture ? stored.features.image : this.pictureFeatures(ctx, draft),
    ]);
    return this.classify({ text, image });
  }

  /** Classifies existing features. */
  async classify(features: Features): Promise<DraftEmbedding> {
    const { encoders } = this.parts;
    const { text, image } = features;
    const [both, words, picture] = await Promise.all([
      encoders.readHead(features),
      text && image && encoders.readHead({ text, image: null }),
      text && image && encoders.readHead({ text: null, image }),
    ]);
    const reading = readGarment({ words, picture, both }, encoders.bundle.manifest.thresholds);
    return { features, reading, apart: words && picture && { words, picture } };
  }

  /** Returns the features of the new picture, or of the stored one if only the model is new. */
  private async pictureFeatures(ctx: StoreContext, draft: GarmentDraft): Promise<Float32Array | null> {
    if (draft.picture) return this.parts.encoders.encodePixels(draft.picture.square);
    if (draft.picture === null || !draft.stored) return null;
    const stored = await this.parts.images.find(ctx, draft.stored.id);
    return stored ? this.parts.queryEncoder.encodePicture(await openPicture(stored.bytes, rankOfCaller())) : null;
  }
}

/** Returns the database row of an embedding. */
export function embeddingToSave(
  bundle: Bundle,
  { statedFacts, wordsHash, imageHash }: GarmentDraft,
  { features, reading }: DraftEmbedding,
): EmbeddingToSave {
  const labels = headLabels(bundle);
  return {
    model: bundle.id,
    text: features.text,
    image: features.image,
    wordsHash,
    imageHash,
    typeProbabilities: garmentTypeProbabilities(statedFacts, reading, labels),
    roots: garmentRoots(statedFacts, reading, labels),
  };
}
