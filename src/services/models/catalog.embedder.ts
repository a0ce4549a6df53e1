// One model and a catalog that is stored already: embeds what the model does not know as it is, and reads again what the head
// fills in. Works in small bites, so that shoppers' requests get in between, and gives way to merchants' changes.
import { inferFacts } from '../../domain/catalog/attribute.inference.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError, isTemporary } from '../../errors.js';
import type { Encoders } from '../../inference/encoders.js';
import { openPicture } from '../../pictures/picture.js';
import { squareOf } from '../../pictures/letterbox.js';
import type { CatalogScanRepository, ScannedEmbedding, ScannedFacts, ScannedGarment } from '../../store/catalog.scan.repository.js';
import type { EmbeddingToSave } from '../../store/garment.writes.js';
import type { EmbeddingRepository } from '../../store/embedding.repository.js';
import { headLabels } from '../recommend/query.understander.js';
import { type GarmentDraftEncoder, embeddingToSave } from '../catalog/garment.draft.encoder.js';
import { draftOfStored, type DraftEmbedding, type GarmentDraft } from '../catalog/garment.draft.js';
/** Garments of one step. */
const STEP = 100;
/** Garments that are with the encoders at once: a run of four pictures holds a shopper's up for a few ms, one of sixteen for many. */
const BITE = 4;

export interface CatalogEmbedderParts {
  /** The bundle's folder. */
  bundle: string;
  encoders: Encoders;
  draftEncoder: GarmentDraftEncoder;
  embeddings: EmbeddingRepository;
  scan: CatalogScanRepository;
}

/** One step of a walk: how many garments it took, and the id that the next one begins after; null at the end. */
export interface ScanBatch {
  garments: number;
  walkedTo: string | null;
}

export class CatalogEmbedder {
  constructor(private readonly parts: CatalogEmbedderParts) {}

  /** What the model makes of drafts, in their order; null where it made the same of them before, or makes no usable vector. */
  async embeddingsOf(ctx: StoreContext, drafts: GarmentDraft[]): Promise<(EmbeddingToSave | null)[]> {
    const { draftEncoder: encoder, encoders } = this.parts;
    const encoded = await encoder.encodeEach(ctx, await Promise.all(drafts.map((draft) => this.withOwnSquare(draft))));
    return encoded.map((one) => {
      // the walk that embeds what is missing names such a garment before a switch
      if (one instanceof RangeError || !one.embedding) return null;
      return embeddingToSave(encoders.bundle, one.draft, one.embedding);
    });
  }

  /**
   * Embeds the next garments that the model does not know as they are, from their stored words and pictures; catalog rows
   * stay as they are.
   * @throws FitroomError MODEL_UNUSABLE naming the sku that it cannot embed
   */
  async embedNext(ctx: StoreContext, after: string): Promise<ScanBatch> {
    return (await this.embed(ctx, after)).step;
  }

  /**
   * Embeds all garments that the model does not know as they are, and fills in what it infers of them: at a start with
   * another bundle. Embeddings of the bundle before stay beside them.
   * @returns how many there were
   */
  async embedUnknown(ctx: StoreContext, onProgress: (done: number) => void): Promise<number> {
    let done = 0;
    for (let after = '0'; ;) {
      const { step, readings } = await this.embed(ctx, after);
      // who changed a garment meanwhile may not have embedded it with this model, so a walk that found any is not the last
      if (step.garments === 0 && after === '0') return done;
      await this.saveInferred(ctx, readings);
      onProgress((done += step.garments));
      after = step.walkedTo ?? '0';
    }
  }

  /**
   * Reads the next garments' stored features with the head again, and fills in what the merchant left out.
   * @throws FitroomError SERVICE_UNAVAILABLE where another model answers by now
   */
  async rereadNext(ctx: StoreContext, after: string): Promise<ScanBatch> {
    const page = { after, first: STEP };
    const swept = await this.parts.scan.embedded(ctx, this.parts.encoders.bundle.id, page);
    if ((await this.reread(ctx, swept)) === null) throw new FitroomError('SERVICE_UNAVAILABLE');
    return stepOf(swept);
  }

  /** The same for garments by sku; those that the model has not embedded are left as they are, all where another one answers. */
  async rereadNamed(ctx: StoreContext, skus: readonly string[]): Promise<void> {
    await this.reread(ctx, await this.parts.scan.named(ctx, skus));
  }

  private async reread(ctx: StoreContext, swept: ScannedGarment[]): Promise<number | null> {
    const { draftEncoder: encoder, encoders, embeddings } = this.parts;
    const ids = swept.map(({ garment }) => garment.id);
    const stored = await embeddings.featuresOf(ctx, encoders.bundle.id, ids);
    const readings: SweptReading[] = [];
    for (const bite of bitesOf(swept)) {
      const read = bite.map(async (one) => {
        const known = stored.get(one.garment.id);
        return known ? [{ ...one, embedding: await encoder.read(known.features) }] : [];
      });
      readings.push(...(await Promise.all(read)).flat());
    }
    return this.saveInferred(ctx, readings);
  }

  private saveInferred(ctx: StoreContext, readings: SweptReading[]): Promise<number | null> {
    const inferred = readings.map((one) => this.inferred(one));
    return this.parts.scan.saveInferred(ctx, this.parts.bundle, inferred);
  }

  private async embed(ctx: StoreContext, after: string): Promise<{ step: ScanBatch; readings: SweptReading[] }> {
    const { bundle } = this.parts.encoders;
    const swept = await this.parts.scan.notCurrent(ctx, bundle.id, { after, first: STEP });
    const readings: SweptReading[] = [];
    const embedded: ScannedEmbedding[] = [];
    for (const bite of bitesOf(swept)) {
      for (const { draft, embedding, ...one } of await Promise.all(bite.map((garment) => this.encode(ctx, garment)))) {
        embedded.push({ ...one, embedding: embedding && embeddingToSave(bundle, draft, embedding) });
        if (embedding) readings.push({ ...one, embedding });
      }
    }
    if (embedded.length > 0) await this.parts.scan.saveEmbeddings(ctx, bundle.id, embedded);
    return { step: stepOf(swept), readings };
  }

  private async encode(
    ctx: StoreContext,
    swept: ScannedGarment,
  ): Promise<ScannedGarment & { draft: GarmentDraft; embedding: DraftEmbedding | null }> {
    try {
      const [encoded] = await this.parts.draftEncoder.encode(ctx, [draftOfStored(swept.garment, 0)]);
      return { ...swept, ...encoded! };
    } catch (error) {
      // an outage passes; anything else would come again with every try
      if (isTemporary(error)) throw error;
      const message = `The garment ${swept.garment.sku} cannot be embedded with it; another picture may help.`;
      throw new FitroomError('MODEL_UNUSABLE', message, [], { cause: error });
    }
  }

  /** What came in was made another encoder's square. From the stored picture, as the walk would do it. */
  private async withOwnSquare(draft: GarmentDraft): Promise<GarmentDraft> {
    if (!draft.picture) return draft;
    const picture = await openPicture(draft.picture.stored.bytes);
    const square = await squareOf(picture, this.parts.encoders.bundle.manifest.image);
    return { ...draft, picture: { ...draft.picture, square } };
  }

  private inferred({ garment, version, embedding }: SweptReading): ScannedFacts {
    const labels = headLabels(this.parts.encoders.bundle);
    const { said } = draftOfStored(garment, 0);
    return { garment, version, ...inferFacts(said, embedding.reading, labels) };
  }
}

type SweptReading = ScannedGarment & { embedding: DraftEmbedding };

function stepOf(swept: ScannedGarment[]): ScanBatch {
  return { garments: swept.length, walkedTo: swept.length < STEP ? null : swept.at(-1)!.garment.id };
}

function bitesOf<One>(all: One[]): One[][] {
  return Array.from({ length: Math.ceil(all.length / BITE) }, (_, i) => all.slice(i * BITE, (i + 1) * BITE));
}
