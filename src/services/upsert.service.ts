// The one write path of the catalog: inputs → drafts → embeddings → inferred facts and warnings → one transaction.
// A bad garment is reported by its index and harms no other.
import { INFERABLE_FIELDS, type Garment, type GarmentFacts, type InferableField } from '../domain/garment.js';
import type { GarmentInput, InputProblem } from '../domain/garment.input.js';
import { requireIdempotencyKey, type KeyedCall } from '../domain/idempotency.js';
import { inferFacts } from '../domain/inferred.facts.js';
import type { StoreContext } from '../domain/store.context.js';
import { FitroomError } from '../errors.js';
import type { Encoders } from '../inference/encoders.js';
import type { GarmentToSave, SavedGarment } from '../store/garment.save.js';
import { readingLabels } from './bundle.labels.js';
import type { CatalogWriter } from './catalog.writer.js';
import type { DraftEncoder } from './draft.encoder.js';
import type { DraftReader } from './draft.reader.js';
import type { DraftEmbedding, EncodedDraft, GarmentDraft } from './garment.draft.js';
import type { KeyedUpserts } from './keyed.upserts.js';
import type { PictureWarnings } from './picture.warnings.js';
import type { ShippedEmbeddings } from './shipped.embedding.js';
import { embeddingToSave } from './stored.embedding.js';

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
  drafts: DraftReader;
  encoder: DraftEncoder;
  warnings: PictureWarnings;
  writer: CatalogWriter;
  keyed: KeyedUpserts;
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
    const call = await this.parts.keyed.callOf(key, inputs);
    return this.parts.keyed.once(ctx, call, () => this.carryOut(ctx, inputs, { dryRun: false, call }));
  }

  private async carryOut(
    ctx: StoreContext,
    inputs: GarmentInput[],
    { dryRun, embeddings, call }: UpsertOptions & { call?: KeyedCall },
  ): Promise<UpsertResult> {
    const { drafts, failed } = await this.parts.drafts.read(ctx, inputs);
    const encoded = await this.parts.encoder.encode(ctx, drafts, embeddings);
    const warnings = (await this.parts.warnings.of(ctx, encoded)).map(({ twin: _, ...warning }) => warning);
    const answerOf = (saved: SavedGarment[]): UpsertResult => ({
      garments: saved.map(({ garment }) => garment),
      created: saved.filter(({ outcome }) => outcome === 'created').length,
      updated: saved.filter(({ outcome }) => outcome === 'updated').length,
      userErrors: failed.flatMap(({ index, problems }) => problems.map((problem) => atGarment(index, problem))),
      warnings,
    });
    if (dryRun) return answerOf(encoded.map((one) => this.preview(one)));
    const batch = { drafts, rows: encoded.map((one) => this.row(one)) };
    const { writer, keyed } = this.parts;
    // a call that stores nothing has no effect to repeat, and may well succeed the next time: nothing is kept
    if (call && batch.rows.length > 0) return writer.saveBy(ctx, batch, keyed.saver(ctx, call, answerOf));
    return answerOf(await writer.save(ctx, batch));
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
    if (embedding) return inferFacts(said, embedding.reading, readingLabels(this.parts.encoders.bundle));
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

function atGarment(index: number, problem: InputProblem): InputProblem {
  return { ...problem, field: ['garments', String(index), ...problem.field] };
}
