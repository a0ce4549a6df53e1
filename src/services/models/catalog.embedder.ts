// Embedding and re-inference of a stored catalog with one model, in small batches between requests.
import { inferFacts } from '../../domain/catalog/attribute.inference.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError, isTemporary } from '../../errors.js';
import type { Encoders } from '../../inference/encoders.js';
import { openPicture } from '../../pictures/picture.js';
import { squareOf } from '../../pictures/letterbox.js';
import type {
  CatalogScanRepository,
  ScannedEmbedding,
  ScannedFacts,
  ScannedGarment,
} from '../../store/catalog.scan.repository.js';
import type { EmbeddingToSave } from '../../store/garment.writes.js';
import type { EmbeddingRepository } from '../../store/embedding.repository.js';
import { headLabels } from '../recommend/query.understander.js';
import { type GarmentDraftEncoder, embeddingToSave } from '../catalog/garment.draft.encoder.js';
import { draftOfStored, type DraftEmbedding, type GarmentDraft } from '../catalog/garment.draft.js';
/** Garments that one call scans. */
const PAGE_SIZE = 100;
/** Garments that are encoded at once. Four pictures delay a shopper's request by a few ms, sixteen by many. */
const BATCH_SIZE = 4;

export interface CatalogEmbedderParts {
  /** Folder of the bundle. */
  bundle: string;
  encoders: Encoders;
  draftEncoder: GarmentDraftEncoder;
  embeddings: EmbeddingRepository;
  scan: CatalogScanRepository;
}

/** Result of one page of a catalog scan. */
export interface ScanBatch {
  /** Number of scanned garments. */
  garments: number;
  /** Last scanned id; the next page begins after it. Null at the end of the catalog. */
  walkedTo: string | null;
}

export class CatalogEmbedder {
  constructor(private readonly parts: CatalogEmbedderParts) {}

  /**
   * Returns the embeddings of drafts, in the same order. Null for a draft whose embedding is unchanged, and for one
   * that the model gives no usable vector for.
   */
  async embeddingsOf(ctx: StoreContext, drafts: GarmentDraft[]): Promise<(EmbeddingToSave | null)[]> {
    const { draftEncoder, encoders } = this.parts;
    const prepared = await Promise.all(drafts.map((draft) => this.withOwnSquare(draft)));
    const outcomes = await draftEncoder.encodeEach(ctx, prepared);
    return outcomes.map((outcome) => {
      // the scan for missing embeddings reports a garment without a usable vector before a switch
      if (outcome instanceof RangeError || !outcome.embedding) return null;
      return embeddingToSave(encoders.bundle, outcome.draft, outcome.embedding);
    });
  }

  /**
   * Embeds the next garments without a current embedding, from their stored text and pictures. Catalog rows do not
   * change.
   * @throws FitroomError MODEL_UNUSABLE with the sku that the model cannot embed
   */
  async embedNext(ctx: StoreContext, after: string): Promise<ScanBatch> {
    return (await this.embedPage(ctx, after)).page;
  }

  /**
   * Embeds all garments without a current embedding, and infers their facts. Used at a start with another bundle. The
   * embeddings of the previous bundle stay.
   * @returns the number of embedded garments
   */
  async embedUnknown(ctx: StoreContext, onProgress: (done: number) => void): Promise<number> {
    let done = 0;
    for (let after = '0'; ;) {
      const { page, classified } = await this.embedPage(ctx, after);
      // a garment that changes meanwhile may lack the embedding, so the scan repeats until it finds none
      if (page.garments === 0 && after === '0') return done;
      await this.saveInferred(ctx, classified);
      onProgress((done += page.garments));
      after = page.walkedTo ?? '0';
    }
  }

  /**
   * Infers the missing facts of the next garments again, from their stored features.
   * @throws FitroomError SERVICE_UNAVAILABLE if another model is active by now
   */
  async reinferNext(ctx: StoreContext, after: string): Promise<ScanBatch> {
    const page = { after, first: PAGE_SIZE };
    const scanned = await this.parts.scan.embedded(ctx, this.parts.encoders.bundle.id, page);
    if ((await this.reinfer(ctx, scanned)) === null) throw new FitroomError('SERVICE_UNAVAILABLE');
    return pageOf(scanned);
  }

  /**
   * Infers the missing facts of garments again, by sku. Garments without an embedding do not change. No garment changes
   * if another model is active.
   */
  async reinferNamed(ctx: StoreContext, skus: readonly string[]): Promise<void> {
    await this.reinfer(ctx, await this.parts.scan.named(ctx, skus));
  }

  /** Returns null if another model is active. */
  private async reinfer(ctx: StoreContext, scanned: ScannedGarment[]): Promise<number | null> {
    const { draftEncoder, encoders, embeddings } = this.parts;
    const ids = scanned.map(({ garment }) => garment.id);
    const stored = await embeddings.featuresOf(ctx, encoders.bundle.id, ids);
    const classified: ClassifiedGarment[] = [];
    for (const batch of batchesOf(scanned)) {
      const classifications = batch.map(async ({ garment, version }) => {
        const embedding = stored.get(garment.id);
        return embedding ? [{ garment, version, embedding: await draftEncoder.classify(embedding.features) }] : [];
      });
      classified.push(...(await Promise.all(classifications)).flat());
    }
    return this.saveInferred(ctx, classified);
  }

  private saveInferred(ctx: StoreContext, classified: ClassifiedGarment[]): Promise<number | null> {
    const facts = classified.map((garment) => this.inferFacts(garment));
    return this.parts.scan.saveInferred(ctx, this.parts.bundle, facts);
  }

  private async embedPage(
    ctx: StoreContext,
    after: string,
  ): Promise<{ page: ScanBatch; classified: ClassifiedGarment[] }> {
    const { bundle } = this.parts.encoders;
    const scanned = await this.parts.scan.notCurrent(ctx, bundle.id, { after, first: PAGE_SIZE });
    const classified: ClassifiedGarment[] = [];
    const embedded: ScannedEmbedding[] = [];
    for (const batch of batchesOf(scanned)) {
      const encoded = await Promise.all(batch.map((garment) => this.encode(ctx, garment)));
      for (const { garment, version, draft, embedding } of encoded) {
        embedded.push({ garment, version, embedding: embedding && embeddingToSave(bundle, draft, embedding) });
        if (embedding) classified.push({ garment, version, embedding });
      }
    }
    if (embedded.length > 0) await this.parts.scan.saveEmbeddings(ctx, bundle.id, embedded);
    return { page: pageOf(scanned), classified };
  }

  private async encode(
    ctx: StoreContext,
    scanned: ScannedGarment,
  ): Promise<ScannedGarment & { draft: GarmentDraft; embedding: DraftEmbedding | null }> {
    try {
      const [encoded] = await this.parts.draftEncoder.encode(ctx, [draftOfStored(scanned.garment, 0)]);
      return { ...scanned, ...encoded! };
    } catch (error) {
      // an outage is temporary; any other error would repeat at every try
      if (isTemporary(error)) throw error;
      const message = `The model cannot embed the garment ${scanned.garment.sku}. Another picture may help.`;
      throw new FitroomError('MODEL_UNUSABLE', message, [], { cause: error });
    }
  }

  /** Replaces the square of another encoder by one for this model, made from the stored picture as in a scan. */
  private async withOwnSquare(draft: GarmentDraft): Promise<GarmentDraft> {
    if (!draft.picture) return draft;
    const picture = await openPicture(draft.picture.stored.bytes);
    const square = await squareOf(picture, this.parts.encoders.bundle.manifest.image);
    return { ...draft, picture: { ...draft.picture, square } };
  }

  private inferFacts({ garment, version, embedding }: ClassifiedGarment): ScannedFacts {
    const labels = headLabels(this.parts.encoders.bundle);
    const { statedFacts } = draftOfStored(garment, 0);
    return { garment, version, ...inferFacts(statedFacts, embedding.reading, labels) };
  }
}

/** A scanned garment with its classification. */
type ClassifiedGarment = ScannedGarment & { embedding: DraftEmbedding };

function pageOf(scanned: ScannedGarment[]): ScanBatch {
  return { garments: scanned.length, walkedTo: scanned.length < PAGE_SIZE ? null : scanned.at(-1)!.garment.id };
}

function batchesOf<Item>(items: Item[]): Item[][] {
  const count = Math.ceil(items.length / BATCH_SIZE);
  return Array.from({ length: count }, (_, i) => items.slice(i * BATCH_SIZE, (i + 1) * BATCH_SIZE));
}
