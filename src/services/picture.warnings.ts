// What is stored all the same but worth a look: a picture that contradicts its words, and a near-duplicate of another sku.
import { dot } from '../domain/fusion.js';
import type { InputProblem } from '../domain/garment.input.js';
import { saidType } from '../domain/inferred.facts.js';
import { GARMENT_TYPES } from '../domain/garment.js';
import { rankedLabels } from '../domain/reading.js';
import type { StoreContext } from '../domain/store.context.js';
import { tryableTypes } from '../domain/understanding.js';
import type { Encoders } from '../inference/encoders.js';
import type { EmbeddingRepository } from '../store/embedding.repository.js';
import { readingLabels } from './bundle.labels.js';
import type { EncodedDraft } from './garment.draft.js';

export class PictureWarnings {
  constructor(private readonly parts: { encoders: Encoders; embeddings: EmbeddingRepository }) {}

  /** Warnings on the garments that came with a picture and are read anew, in their order. */
  async of(ctx: StoreContext, encoded: EncodedDraft[]): Promise<InputProblem[]> {
    const fresh = encoded.filter(({ draft, embedding }) => draft.isShown && embedding?.apart);
    const found = await Promise.all(
      fresh.map(async (one) => [...this.contradiction(one), ...(await this.nearDuplicate(ctx, one, fresh))]),
    );
    return found.flat();
  }

  private contradiction({ draft, embedding }: EncodedDraft): InputProblem[] {
    const { bundle } = this.parts.encoders;
    const labels = readingLabels(bundle);
    const { contradiction, typeNamed } = bundle.manifest.thresholds;
    const { words, picture } = embedding!.apart!;
    const said = saidType(draft.said, labels) ?? likelyType(tryableTypes(words, labels), typeNamed);
    const [shown] = rankedLabels(GARMENT_TYPES, tryableTypes(picture, labels));
    if (!said || !shown || shown.label === said || shown.probability < contradiction) return [];
    const percent = Math.round(shown.probability * 100);
    return [
      {
        field: ['garments', String(draft.index), 'image'],
        code: 'PICTURE_CONTRADICTS_WORDS',
        message: `The words say ${said}, the picture looks like ${shown.label} (${percent} %).`,
      },
    ];
  }

  private async nearDuplicate(ctx: StoreContext, one: EncodedDraft, fresh: EncodedDraft[]): Promise<InputProblem[]> {
    const image = one.embedding!.features.image!;
    const { nearDuplicate } = this.parts.encoders.bundle.manifest.thresholds;
    const twin =
      fresh.find((other) => isEarlierTwin(other, one, nearDuplicate))?.draft.sku ??
      (await this.storedTwin(ctx, one, image, nearDuplicate));
    if (!twin) return [];
    const field = ['garments', String(one.draft.index), 'image'];
    return [{ field, code: 'NEAR_DUPLICATE', message: `Almost the same picture as sku ${twin}.` }];
  }

  private async storedTwin(
    ctx: StoreContext,
    one: EncodedDraft,
    image: Float32Array,
    threshold: number,
  ): Promise<string | undefined> {
    // two, since the garment itself may be the nearest
    const nearest = await this.parts.embeddings.nearestPictures(ctx, this.parts.encoders.bundle.id, image, 2);
    return nearest.find(({ sku, cosine }) => sku !== one.draft.sku && cosine >= threshold)?.sku;
  }
}

function isEarlierTwin(other: EncodedDraft, one: EncodedDraft, threshold: number): boolean {
  if (other.draft.index >= one.draft.index) return false;
  return dot(other.embedding!.features.image!, one.embedding!.features.image!) >= threshold;
}

/** The type that a title names, where it names one. */
function likelyType(probabilities: Float32Array, threshold: number): string | null {
  const [likeliest] = rankedLabels(GARMENT_TYPES, probabilities);
  return likeliest && likeliest.probability >= threshold ? likeliest.label : null;
}
