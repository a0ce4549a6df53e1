// Upserts of garments: read drafts → encode → infer facts → check quality → store.
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
  /** True: nothing is written. The result holds the garments as they would be; a new one has the id `new:<sku>`. */
  dryRun: boolean;
  /** A repeated call with the same key returns the first result and changes nothing. A dry run ignores the key. */
  idempotencyKey?: string | null;
  /** Embeddings that exist already. Their garments need no encoder. */
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

/** How the inputs of one call are processed. */
interface UpsertRun {
  dryRun: boolean;
  embeddings?: ShippedEmbeddings;
  /** Absent: the call has no idempotency key. */
  call?: IdempotentCall;
}

/** The drafts that can be stored, and the inputs that cannot. */
interface PreparedBatch {
  encoded: EncodedDraft[];
  failed: FailedInput[];
}

/** Facts of a garment, with the names of those that are inferred. */
interface CompletedFacts {
  facts: GarmentFacts;
  inferredFields: InferableField[];
}

export class UpsertService {
  constructor(private readonly parts: UpsertServiceParts) {}

  /**
   * Stores garments by sku. Returned garments are durable and searchable. An invalid garment is reported by its index
   * and does not affect the others.
   * @throws FitroomError TOO_MANY_GARMENTS, IDEMPOTENCY_KEY_INVALID, IDEMPOTENCY_KEY_REUSED
   */
  async upsert(ctx: StoreContext, inputs: GarmentInput[], options: UpsertOptions): Promise<UpsertResult> {
    if (inputs.length < 1 || inputs.length > MAX_GARMENTS_PER_CALL) {
      throw new FitroomError('TOO_MANY_GARMENTS', undefined, ['garments']);
    }
    const key = options.idempotencyKey == null ? null : requireIdempotencyKey(options.idempotencyKey);
    if (key === null || options.dryRun) return this.run(ctx, inputs, options);
    const call = await this.parts.idempotent.callOf(key, inputs);
    return this.parts.idempotent.once(ctx, call, () => this.run(ctx, inputs, { dryRun: false, call }));
  }

  private async run(
    ctx: StoreContext,
    inputs: GarmentInput[],
    { dryRun, embeddings, call }: UpsertRun,
  ): Promise<UpsertResult> {
    const prepared = await this.prepare(ctx, inputs, embeddings);
    if (dryRun) return this.preview(ctx, prepared);
    try {
      return await this.store(ctx, prepared, call);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const storable = await this.withoutRefused(ctx, prepared, { whole: true });
      if (storable.encoded.length === prepared.encoded.length) throw error;
      return this.store(ctx, storable, call);
    }
  }

  private async prepare(
    ctx: StoreContext,
    inputs: GarmentInput[],
    embeddings: ShippedEmbeddings | undefined,
  ): Promise<PreparedBatch> {
    const { drafts, failed } = await this.parts.drafts.read(ctx, inputs);
    const outcomes = await this.parts.draftEncoder.encodeEach(ctx, drafts, embeddings);
    const encoded = outcomes.flatMap((outcome) => (outcome instanceof RangeError ? [] : [outcome]));
    const unusable = outcomes.flatMap((outcome, i) =>
      outcome instanceof RangeError ? [this.refusal(drafts[i]!, outcome)] : [],
    );
    return { encoded, failed: [...failed, ...unusable] };
  }

  private async store(
    ctx: StoreContext,
    { encoded, failed }: PreparedBatch,
    call: IdempotentCall | undefined,
  ): Promise<UpsertResult> {
    const { writer, idempotent } = this.parts;
    const warnings = await this.findWarnings(ctx, encoded);
    const toResult = (saved: SavedGarment[]): UpsertResult => resultOf(saved, failed, warnings);
    const batch = this.toBatch(encoded);
    // the key of a call that stores nothing is not recorded, because the next try may succeed
    if (call && batch.rows.length > 0) return writer.saveBy(ctx, batch, idempotent.saver(ctx, call, toResult));
    return toResult(await writer.save(ctx, batch));
  }

  private async preview(ctx: StoreContext, prepared: PreparedBatch): Promise<UpsertResult> {
    const { encoded, failed } = await this.withoutRefused(ctx, prepared, { whole: false });
    const previews = encoded.map((encodedDraft) => this.toPreview(encodedDraft));
    return resultOf(previews, failed, await this.findWarnings(ctx, encoded));
  }

  /** Removes the garments that the database refuses, and reports them as failed. */
  private async withoutRefused(
    ctx: StoreContext,
    { encoded, failed }: PreparedBatch,
    { whole }: { whole: boolean },
  ): Promise<PreparedBatch> {
    const refused = await this.parts.writer.refusedOf(ctx, this.toBatch(encoded), { whole });
    const refusedPositions = new Set(refused.map(({ index }) => index));
    const refusals = refused.map(({ index, reason }) => this.refusal(encoded[index]!.draft, reason));
    return {
      encoded: encoded.filter((_, position) => !refusedPositions.has(position)),
      failed: [...failed, ...refusals],
    };
  }

  /** Reports a garment that passed its checks and still cannot be stored. The log shows that a check is missing. */
  private refusal({ index, sku }: GarmentDraft, reason: Error): FailedInput {
    this.parts.logger?.warn({ err: reason, sku }, 'a garment that passed its checks cannot be stored');
    return { index, problems: [problemOf(new FitroomError('GARMENT_REFUSED'))] };
  }

  private async findWarnings(ctx: StoreContext, encoded: EncodedDraft[]): Promise<InputProblem[]> {
    const issues = await this.parts.qualityChecks.of(ctx, encoded);
    return issues.map(({ field, code, message }) => ({ field, code, message }));
  }

  private toBatch(encoded: EncodedDraft[]): WrittenBatch {
    return {
      drafts: encoded.map(({ draft }) => draft),
      rows: encoded.map((encodedDraft) => this.toRow(encodedDraft)),
    };
  }

  private toRow({ draft, embedding }: EncodedDraft): GarmentToSave {
    const { facts, inferredFields } = this.completeFacts(draft, embedding);
    const { image, imageSource } = savedPicture(draft);
    return {
      sku: draft.sku,
      facts,
      inferredFields,
      image,
      imageSource,
      embedding: embedding && embeddingToSave(this.parts.encoders.bundle, draft, embedding),
    };
  }

  /** Adds the inferred facts. Without a new embedding, facts that were inferred earlier stay. */
  private completeFacts({ statedFacts, stored }: GarmentDraft, embedding: DraftEmbedding | null): CompletedFacts {
    if (embedding) return inferFacts(statedFacts, embedding.reading, headLabels(this.parts.encoders.bundle));
    const inferredFields = INFERABLE_FIELDS.filter(
      (field) => stored!.inferredFields.includes(field) && statedFacts[field] === null,
    );
    const inferredFacts = Object.fromEntries(inferredFields.map((field) => [field, stored![field]]));
    return { facts: { ...statedFacts, ...inferredFacts }, inferredFields };
  }

  private toPreview({ draft, embedding }: EncodedDraft): SavedGarment {
    const { facts, inferredFields } = this.completeFacts(draft, embedding);
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
