// Drafts → embeddings: only what changed goes through an encoder.
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

  /** @throws RangeError where the model gives no usable vector for one of them */
  async encode(ctx: StoreContext, drafts: GarmentDraft[]): Promise<EncodedDraft[]> {
    return (await this.encodeEach(ctx, drafts)).map((outcome) => {
      if (outcome instanceof RangeError) throw outcome;
      return outcome;
    });
  }

  /**
   * In the order of the drafts; a RangeError for one that the model gives no usable vector for.
   * @param shipped embeddings that were computed before
   */
  async encodeEach(
    ctx: StoreContext,
    drafts: GarmentDraft[],
    shipped?: ShippedEmbeddings,
  ): Promise<(EncodedDraft | RangeError)[]> {
    const ids = drafts.flatMap(({ stored }) => (stored ? [stored.id] : []));
    const model = this.parts.encoders.bundle.id;
    const known =
      ids.length === 0 ? new Map<string, StoredFeatures>() : await this.parts.embeddings.featuresOf(ctx, model, ids);
    return Promise.all(
      drafts.map(async (draft) => {
        const before = draft.stored ? known.get(draft.stored.id) : undefined;
        try {
          return { draft, embedding: shipped?.(draft) ?? (await this.embedding(ctx, draft, before)) };
        } catch (error) {
          if (error instanceof RangeError) return error;
          throw error;
        }
      }),
    );
  }

  private async embedding(
    ctx: StoreContext,
    draft: GarmentDraft,
    known: StoredFeatures | undefined,
  ): Promise<DraftEmbedding | null> {
    const sameWords = known !== undefined && known.wordsHash === draft.wordsHash;
    const samePicture = known !== undefined && known.imageHash === draft.imageHash;
    if (sameWords && samePicture) return null;
    const { encoders } = this.parts;
    const [text, image] = await Promise.all([
      sameWords ? known.features.text : encoders.encodeWords(garmentWords(draft.said)),
      samePicture ? known.features.image : this.pictureFeatures(ctx, draft),
    ]);
    return this.read({ text, image });
  }

  /** What the head sees in features that are there already. */
  async read(features: Features): Promise<DraftEmbedding> {
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

  /** Of the new picture, or of the stored one where only the model is new. */
  private async pictureFeatures(ctx: StoreContext, draft: GarmentDraft): Promise<Float32Array | null> {
    if (draft.picture) return this.parts.encoders.encodePixels(draft.picture.square);
    if (draft.picture === null || !draft.stored) return null;
    const stored = await this.parts.images.find(ctx, draft.stored.id);
    return stored ? this.parts.queryEncoder.encodePicture(await openPicture(stored.bytes, rankOfCaller())) : null;
  }
}

export function embeddingToSave(
  bundle: Bundle,
  { said, wordsHash, imageHash }: GarmentDraft,
  { features, reading }: DraftEmbedding,
): EmbeddingToSave {
  const labels = headLabels(bundle);
  return {
    model: bundle.id,
    text: features.text,
    image: features.image,
    wordsHash,
    imageHash,
    typeProbabilities: garmentTypeProbabilities(said, reading, labels),
    roots: garmentRoots(said, reading, labels),
  };
}
