// The one write path of the catalog: inputs → drafts → embeddings → inferred facts and warnings → one transaction.
// A bad garment is reported by its index and harms no other.
import {
  INFERABLE_FIELDS,
  type Garment,
  type GarmentFacts,
  type InferableField,
} from '../../domain/catalog/garment.js';
import type { GarmentInput, InputProblem } from '../../domain/catalog/garment.input.js';
import { requireIdempotencyKey, type IdempotentCall } from '../../domain/catalog/idempotency.js';
import { inferFacts } from '../../domain/catalog/attribute.inference.js';
import { problemOf } from '../../domain/shared/input.problem.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError } from '../../errors.js';
import type { Encoders } from '../../inference/encoders.js';
import type { Logger } from '../../observability/logger.js';
import type { GarmentToSave, SavedGarment } from '../../store/garment.writes.js';
import { isRefusal } from '../../store/refused.garments.js';
import { headLabels } from '../recommend/query.understander.js';
import type { CatalogWriter, WrittenBatch } from './catalog.writer.js';
import { type GarmentDraftEncoder, embeddingToSave } from './garment.draft.encoder.js';
import type { GarmentDraftReader } from './garment.draft.reader.js';
import type { DraftEmbedding, EncodedDraft, FailedInput, GarmentDraft } from './garment.draft.js';
import type { IdempotentUpserts } from './idempotent.upserts.js';
import type { QualityChecks } from './quality.checks.js';
import type { ShippedEmbeddings } from './shipped.embedding.js';
export const MAX_GARMENTS_PER_CALL = 100;

export interface UpsertResult {
  garments: Garment[];
  created: number;
  updated: number;
  userErrors: InputProblem[];
  warnings: InputProblem[];
}

export interface UpsertOptions {
  /** Everything but the writing: garments are returned as they would be, new ones with the id `new:<sku>`. */
  dryRun: boolean;
  /** The same call again under the same key is answered as the first time and changes nothing. A dry run has no use for it. */
  idempotencyKey?: string | null;
  /** Embeddings that were made before, so that these garments need no encoder. */
  embeddings?: ShippedEmbeddings;
}

export interface UpsertServiceParts {
  encoders: Encoders;
  drafts: GarmentDraftReader;
  draftEncoder: GarmentDraftEncoder;
  qualityChecks: QualityChecks;
  writer: CatalogWriter;
  idempotent: IdempotentUpserts;
  logger?: Logger;
}

export class UpsertService {
  constructor(private readonly parts: UpsertServiceParts) {}

  /**
   * Stores garments by sku; what is returned is durable and searchable.
   * @throws FitroomError TOO_MANY_GARMENTS, IDEMPOTENCY_KEY_INVALID, IDEMPOTENCY_KEY_REUSED
   */
  async upsert(ctx: StoreContext, inputs: GarmentInput[], options: UpsertOptions): Promise<UpsertResult> {
    if (inputs.length < 1 || inputs.length > MAX_GARMENTS_PER_CALL) {
      throw new FitroomError('TOO_MANY_GARMENTS', undefined, ['garments']);
    }
    const key = options.idempotencyKey == null ? null : requireIdempotencyKey(options.idempotencyKey);
    if (key === null || options.dryRun) return this.carryOut(ctx, inputs, options);
    const call = await this.parts.idempotent.callOf(key, inputs);
    return this.parts.idempotent.once(ctx, call, () => this.carryOut(ctx, inputs, { dryRun: false, call }));
  }

  private async carryOut(
    ctx: StoreContext,
    inputs: GarmentInput[],
    { dryRun, embeddings, call }: UpsertOptions & { call?: IdempotentCall },
  ): Promise<UpsertResult> {
    const { drafts, failed } = await this.parts.drafts.read(ctx, inputs);
    const { encoded, unusable } = await this.encode(ctx, drafts, embeddings);
    failed.push(...unusable);
    if (dryRun) return this.dryRun(ctx, encoded, failed);
    try {
      return await this.store(ctx, { encoded, failed, call });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const { taken, refused } = await this.withoutRefused(ctx, encoded, { whole: true });
      if (refused.length === 0) throw error;
      return this.store(ctx, { encoded: taken, failed: [...failed, ...refused], call });
    }
  }

  private async store(
    ctx: StoreContext,
    { encoded, failed, call }: { encoded: EncodedDraft[]; failed: FailedInput[]; call?: IdempotentCall },
  ): Promise<UpsertResult> {
    const { writer, idempotent: keyed } = this.parts;
    const warnings = await this.warnings(ctx, encoded);
    const answerOf = (saved: SavedGarment[]): UpsertResult => resultOf(saved, failed, warnings);
    const batch = this.batch(encoded);
    // a call that stores nothing has no effect to repeat, and may well succeed the next time: nothing is kept
    if (call && batch.rows.length > 0) return writer.saveBy(ctx, batch, keyed.saver(ctx, call, answerOf));
    return answerOf(await writer.save(ctx, batch));
  }

  private async dryRun(ctx: StoreContext, encoded: EncodedDraft[], failed: FailedInput[]): Promise<UpsertResult> {
    const { taken, refused } = await this.withoutRefused(ctx, encoded, { whole: false });
    const previews = taken.map((one) => this.preview(one));
    return resultOf(previews, [...failed, ...refused], await this.warnings(ctx, taken));
  }

  /** The garments that the database takes, and those that it refuses. */
  private async withoutRefused(
    ctx: StoreContext,
    encoded: EncodedDraft[],
    { whole }: { whole: boolean },
  ): Promise<{ taken: EncodedDraft[]; refused: FailedInput[] }> {
    const refused = await this.parts.writer.refusedOf(ctx, this.batch(encoded), { whole });
    const places = new Set(refused.map(({ index }) => index));
    return {
      taken: encoded.filter((_, place) => !places.has(place)),
      refused: refused.map(({ index, reason }) => this.refusal(encoded[index]!.draft, reason)),
    };
  }

  /** What the model makes of the garments, and those that it gives no usable vector for. */
  private async encode(
    ctx: StoreContext,
    drafts: GarmentDraft[],
    embeddings?: ShippedEmbeddings,
  ): Promise<{ encoded: EncodedDraft[]; unusable: FailedInput[] }> {
    const outcomes = await this.parts.draftEncoder.encodeEach(ctx, drafts, embeddings);
    return {
      encoded: outcomes.flatMap((outcome) => (outcome instanceof RangeError ? [] : [outcome])),
      unusable: outcomes.flatMap((outcome, i) =>
        outcome instanceof RangeError ? [this.refusal(drafts[i]!, outcome)] : [],
      ),
    };
  }

  /** A garment that passed its checks and cannot be stored all the same: a check is missing, which the log says. */
  private refusal({ index, sku }: GarmentDraft, reason: Error): FailedInput {
    this.parts.logger?.warn({ err: reason, sku }, 'a garment that passed its checks cannot be stored');
    return { index, problems: [problemOf(new FitroomError('GARMENT_REFUSED'))] };
  }

  private async warnings(ctx: StoreContext, encoded: EncodedDraft[]): Promise<InputProblem[]> {
    return (await this.parts.qualityChecks.of(ctx, encoded)).map(({ twin: _, ...warning }) => warning);
  }

  private batch(encoded: EncodedDraft[]): WrittenBatch {
    return { drafts: encoded.map(({ draft }) => draft), rows: encoded.map((one) => this.row(one)) };
  }

  private row({ draft, embedding }: EncodedDraft): GarmentToSave {
    return {
      sku: draft.sku,
      ...this.knownFacts(draft, embedding),
      ...savedPicture(draft),
      embedding: embedding && embeddingToSave(this.parts.encoders.bundle, draft, embedding),
    };
  }

  private knownFacts(
    { said, stored }: GarmentDraft,
    embedding: DraftEmbedding | null,
  ): { facts: GarmentFacts; inferredFields: InferableField[] } {
    if (embedding) return inferFacts(said, embedding.reading, headLabels(this.parts.encoders.bundle));
    const inferredFields = INFERABLE_FIELDS.filter(
      (field) => stored!.inferredFields.includes(field) && said[field] === null,
    );
    const kept = Object.fromEntries(inferredFields.map((field) => [field, stored![field]]));
    return { facts: { ...said, ...kept }, inferredFields };
  }

  private preview({ draft, embedding }: EncodedDraft): SavedGarment {
    const { facts, inferredFields } = this.knownFacts(draft, embedding);
    const now = new Date();
    const garment: Garment = {
      id: draft.stored?.id ?? `new:${draft.sku}`,
      sku: draft.sku,
      ...facts,
      inferredFields,
      imageHash: draft.picture === undefined ? draft.imageHash : null,
      createdAt: draft.stored?.createdAt ?? now,
      updatedAt: now,
    };
    return { garment, outcome: draft.stored ? 'updated' : 'created' };
  }
}

function savedPicture({ picture, source }: GarmentDraft): Pick<GarmentToSave, 'image' | 'imageSource'> {
  if (!picture) return { image: picture, imageSource: source };
  return { image: { ...picture.stored, hash: picture.hash }, imageSource: source ?? null };
}

function resultOf(saved: SavedGarment[], failed: FailedInput[], warnings: InputProblem[]): UpsertResult {
  const inOrder = [...failed].sort((a, b) => a.index - b.index);
  return {
    garments: saved.map(({ garment }) => garment),
    created: saved.filter(({ outcome }) => outcome === 'created').length,
    updated: saved.filter(({ outcome }) => outcome === 'updated').length,
    userErrors: inOrder.flatMap(({ index, problems }) => problems.map((problem) => atGarment(index, problem))),
    warnings,
  };
}

function atGarment(index: number, problem: InputProblem): InputProblem {
  return { ...problem, field: ['garments', String(index), ...problem.field] };
}
