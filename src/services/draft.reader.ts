// Inputs → drafts: checks each garment by itself, opens its picture, and reports what is wrong with which.
import pLimit from 'p-limit';
import { mergeFacts, problemsOf, type GarmentInput, type InputProblem } from '../domain/garment.input.js';
import type { Garment } from '../domain/garment.js';
import type { ImageSource } from '../domain/request.js';
import type { StoreContext } from '../domain/store.context.js';
import { FitroomError } from '../errors.js';
import { openPicture } from '../pictures/picture.js';
import type { GarmentRepository } from '../store/garment.repository.js';
import type { ImageRepository } from '../store/image.repository.js';
import type { FeatureReader } from './feature.reader.js';
import { wordsHashOf, type FailedInput, type GarmentDraft, type NewPicture } from './garment.draft.js';

/** Pictures opened at once: enough to keep two cores decoding, few enough that 8 × 25 megapixels fit into memory. */
const OPEN_AT_ONCE = 8;

export interface DraftReaderParts {
  reader: FeatureReader;
  garments: GarmentRepository;
  images: ImageRepository;
}

export class DraftReader {
  constructor(private readonly parts: DraftReaderParts) {}

  /** Drafts in the order of the inputs, and those inputs that are none. */
  async read(ctx: StoreContext, inputs: GarmentInput[]): Promise<{ drafts: GarmentDraft[]; failed: FailedInput[] }> {
    const sources = inputs.map(({ image }) => (image ? this.started(image) : image));
    const stored = await this.parts.garments.findBySkus(
      ctx,
      inputs.map(({ sku }) => sku.trim()),
    );
    const bySku = new Map(stored.map((garment) => [garment.sku, garment]));
    const seen = new Set<string>();
    const limit = pLimit(OPEN_AT_ONCE);
    const outcomes = await Promise.all(
      inputs.map((input, index) => {
        const problems = [...problemsOf(input), ...this.repeated(input.sku.trim(), seen)];
        return limit(() => this.draft(ctx, { index, input, problems, source: sources[index] }, bySku));
      }),
    );
    return {
      drafts: outcomes.filter((outcome): outcome is GarmentDraft => 'said' in outcome),
      failed: outcomes.filter((outcome): outcome is FailedInput => 'problems' in outcome),
    };
  }

  /**
   * Uploads are read at once, whether or not their garment turns out good: a stream of one request that nobody reads
   * would hold back all behind it.
   */
  private started(image: ImageSource): ImageSource | Promise<ImageSource> {
    if (image.kind !== 'upload') return image;
    const bytes = this.parts.reader.bytesOf(image).then((read): ImageSource => ({ kind: 'bytes', bytes: read }));
    bytes.catch(() => undefined); // awaited, and reported, with its garment
    return bytes;
  }

  private repeated(sku: string, seen: Set<string>): InputProblem[] {
    if (!seen.has(sku)) {
      seen.add(sku);
      return [];
    }
    return [{ field: ['sku'], code: 'DUPLICATE_SKU', message: 'This sku stands earlier in the same call.' }];
  }

  private async draft(
    ctx: StoreContext,
    given: {
      index: number;
      input: GarmentInput;
      problems: InputProblem[];
      source: ImageSource | Promise<ImageSource> | null | undefined;
    },
    bySku: Map<string, Garment>,
  ): Promise<GarmentDraft | FailedInput> {
    const { index, input, problems } = given;
    const stored = bySku.get(input.sku.trim()) ?? null;
    if (!stored && !given.source) {
      problems.push({ field: ['image'], code: 'IMAGE_REQUIRED', message: 'A new garment needs a picture.' });
    }
    const picture = await this.picture(ctx, input, given.source).catch((error: unknown) => {
      if (!(error instanceof FitroomError)) throw error;
      problems.push({ field: ['image', ...error.field], code: error.code, message: error.message });
    });
    if (problems.length > 0) return { index, problems };
    const said = mergeFacts(stored, input);
    const imageHash = picture === undefined ? (stored?.imageHash ?? null) : (picture?.hash ?? null);
    return {
      index,
      sku: input.sku.trim(),
      stored,
      said,
      picture: picture as NewPicture,
      wordsHash: wordsHashOf(said),
      imageHash,
    };
  }

  private async picture(
    ctx: StoreContext,
    input: GarmentInput,
    source: ImageSource | Promise<ImageSource> | null | undefined,
  ): Promise<NewPicture> {
    if (source == null) return source;
    const kind = input.image!.kind;
    try {
      const opened = await source;
      if (opened.kind === 'sku') return await this.catalogPicture(ctx, opened.sku);
      return await this.parts.reader.open(opened);
    } catch (error) {
      // an upload has become bytes by here, so its field is put back
      throw error instanceof FitroomError && kind === 'upload' && error.field.length === 0 ? error.within(kind) : error;
    }
  }

  private async catalogPicture(ctx: StoreContext, sku: string): Promise<NewPicture> {
    const [garment] = await this.parts.garments.findBySkus(ctx, [sku]);
    const image = garment && (await this.parts.images.find(ctx, garment.id));
    if (!image) throw new FitroomError('GARMENT_NOT_FOUND', undefined, ['sku']);
    return openPicture(image.webp);
  }
}
