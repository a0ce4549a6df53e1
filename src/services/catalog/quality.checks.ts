// Quality checks of garments: pictures that contradict the text, and near-duplicates.
import { dot } from '../../domain/recommend/fusion.js';
import type { InputProblem } from '../../domain/catalog/garment.input.js';
import { statedType } from '../../domain/catalog/attribute.inference.js';
import { GARMENT_TYPES } from '../../domain/catalog/garment.js';
import { rankedLabels } from '../../domain/recommend/classification.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { tryableTypes } from '../../domain/recommend/query.understanding.js';
import type { Encoders } from '../../inference/encoders.js';
import type { EmbeddingRepository } from '../../store/embedding.repository.js';
import { headLabels } from '../recommend/query.understander.js';
import type { EncodedDraft } from './garment.draft.js';

export interface QualityWarning extends InputProblem {
  /** Sku of the other garment. Absent unless the warning is about a near-duplicate. */
  duplicateOf?: string;
}

export class QualityChecks {
  constructor(private readonly parts: { encoders: Encoders; embeddings: EmbeddingRepository }) {}

  /** Returns warnings about drafts that bring a picture and have a new embedding, in the order of the drafts. */
  async of(ctx: StoreContext, encoded: EncodedDraft[]): Promise<QualityWarning[]> {
    const checked = encoded.filter(({ draft, embedding }) => draft.bringsPicture && embedding?.apart);
    const duplicates = await this.findDuplicates(ctx, checked);
    return checked.flatMap((encodedDraft, i) => [
      ...this.contradiction(encodedDraft),
      ...nearDuplicate(encodedDraft, duplicates[i]!),
    ]);
  }

  private contradiction({ draft, embedding }: EncodedDraft): InputProblem[] {
    const { bundle } = this.parts.encoders;
    const labels = headLabels(bundle);
    const { contradiction, typeNamed } = bundle.manifest.thresholds;
    const { words, picture } = embedding!.apart!;
    const textType = statedType(draft.statedFacts, labels) ?? likelyType(tryableTypes(words, labels), typeNamed);
    const [pictureType] = rankedLabels(GARMENT_TYPES, tryableTypes(picture, labels));
    if (!textType || !pictureType || pictureType.label === textType || pictureType.probability < contradiction) {
      return [];
    }
    const percent = Math.round(pictureType.probability * 100);
    return [
      {
        field: ['garments', String(draft.index), 'image'],
        code: 'PICTURE_CONTRADICTS_WORDS',
        message: `The text says ${textType}, but the picture looks like ${pictureType.label} (${percent} %).`,
      },
    ];
  }

  /** Returns the sku of each draft's near-duplicate, in the same call or stored. Null for a draft without one. */
  private async findDuplicates(ctx: StoreContext, checked: EncodedDraft[]): Promise<(string | null)[]> {
    const { bundle } = this.parts.encoders;
    const leastCosine = bundle.manifest.thresholds.nearDuplicate;
    const pictures = checked.map(({ draft, embedding }) => ({
      garmentId: draft.stored?.id ?? null,
      features: embedding!.features.image!,
    }));
    const stored = await this.parts.embeddings.findDuplicates(ctx, { model: bundle.id, pictures, leastCosine });
    return checked.map((encodedDraft, i) => {
      const earlier = checked.find((other) => isEarlierDuplicate(other, encodedDraft, leastCosine));
      return earlier?.draft.sku ?? stored[i]?.sku ?? null;
    });
  }
}

function nearDuplicate({ draft }: EncodedDraft, duplicateOf: string | null): QualityWarning[] {
  if (duplicateOf === null) return [];
  const field = ['garments', String(draft.index), 'image'];
  return [{ field, code: 'NEAR_DUPLICATE', message: `Almost the same picture as sku ${duplicateOf}.`, duplicateOf }];
}

function isEarlierDuplicate(other: EncodedDraft, draft: EncodedDraft, threshold: number): boolean {
  if (other.draft.index >= draft.draft.index) return false;
  return dot(other.embedding!.features.image!, draft.embedding!.features.image!) >= threshold;
}

/** Returns the type that the text names. Null if no type is likely enough. */
function likelyType(probabilities: Float32Array, threshold: number): string | null {
  const [likeliest] = rankedLabels(GARMENT_TYPES, probabilities);
  return likeliest && likeliest.probability >= threshold ? likeliest.label : null;
}
