// What is stored all the same but worth a look: a picture that contradicts its words, and a near-duplicate of another sku.
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

export interface PictureWarning extends InputProblem {
  /** Of a near-duplicate: the sku of the other garment. */
  twin?: string;
}

export class QualityChecks {
  constructor(private readonly parts: { encoders: Encoders; embeddings: EmbeddingRepository }) {}

  /** Warnings on the garments that came with a picture and are read anew, in their order. */
  async of(ctx: StoreContext, encoded: EncodedDraft[]): Promise<PictureWarning[]> {
    const shown = encoded.filter(({ draft, embedding }) => draft.isShown && embedding?.apart);
    const twins = await this.twins(ctx, shown);
    return shown.flatMap((one, i) => [...this.contradiction(one), ...nearDuplicate(one, twins[i]!)]);
  }

  private contradiction({ draft, embedding }: EncodedDraft): InputProblem[] {
    const { bundle } = this.parts.encoders;
    const labels = headLabels(bundle);
    const { contradiction, typeNamed } = bundle.manifest.thresholds;
    const { words, picture } = embedding!.apart!;
    const said = statedType(draft.said, labels) ?? likelyType(tryableTypes(words, labels), typeNamed);
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

  /** The sku of each one's nearest twin, in the same call or stored; null: none. */
  private async twins(ctx: StoreContext, shown: EncodedDraft[]): Promise<(string | null)[]> {
    const { bundle } = this.parts.encoders;
    const leastCosine = bundle.manifest.thresholds.nearDuplicate;
    const pictures = shown.map(({ draft, embedding }) => ({
      garmentId: draft.stored?.id ?? null,
      features: embedding!.features.image!,
    }));
    const stored = await this.parts.embeddings.findDuplicates(ctx, { model: bundle.id, pictures, leastCosine });
    return shown.map(
      (one, i) => shown.find((other) => isEarlierTwin(other, one, leastCosine))?.draft.sku ?? stored[i]?.sku ?? null,
    );
  }
}

function nearDuplicate({ draft }: EncodedDraft, twin: string | null): PictureWarning[] {
  if (twin === null) return [];
  const field = ['garments', String(draft.index), 'image'];
  return [{ field, code: 'NEAR_DUPLICATE', message: `Almost the same picture as sku ${twin}.`, twin }];
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
