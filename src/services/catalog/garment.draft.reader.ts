// Conversion of garment inputs to drafts: validates each input separately and loads its picture.
import pLimit from 'p-limit';
import { mergeFacts, problemsOf, type GarmentInput, type InputProblem } from '../../domain/catalog/garment.input.js';
import type { Garment, PictureSource } from '../../domain/catalog/garment.js';
import type { StoreContext } from '../../domain/access/store.context.js';
import { FitroomError, isTemporary } from '../../errors.js';
import type { OpenOptions } from '../../pictures/picture.js';
import { PriceAllowance } from '../../pictures/picture.price.js';
import { rankOfCaller } from '../../pictures/turns.js';
import type { GarmentRepository } from '../../store/garment.repository.js';
import type { GarmentDraftPictures, StartedPicture } from './garment.draft.pictures.js';
import { type ArrivedPicture, textHashOf, type FailedInput, type GarmentDraft } from './garment.draft.js';

/** Pictures of one call that are loaded at the same time: enough to keep all decoders busy. */
const CONCURRENCY = 8;

interface StoredGarment {
  garment: Garment;
  /** Stored source of the picture. Null if there is none, or the input has no picture. */
  source: PictureSource | null;
}

/** An input with the problems found so far and the stored garment of its sku. */
interface CheckedInput {
  index: number;
  input: GarmentInput;
  problems: InputProblem[];
  picture: StartedPicture | null | undefined;
  stored: StoredGarment | undefined;
}

export class GarmentDraftReader {
  constructor(private readonly parts: { garments: GarmentRepository; pictures: GarmentDraftPictures }) {}

  /** Returns drafts in the order of the inputs, and the invalid inputs. */
  async read(ctx: StoreContext, inputs: GarmentInput[]): Promise<{ drafts: GarmentDraft[]; failed: FailedInput[] }> {
    const pictures = inputs.map(({ image }) => image && this.parts.pictures.start(image));
    const storedBySku = await this.findStored(ctx, inputs);
    const seenSkus = new Set<string>();
    const limit = pLimit(CONCURRENCY);
    const rank = rankOfCaller();
    // requests come before a job in the queue, so a job delays nobody and needs no allowance
    const options: OpenOptions = rank === 'JOB' ? { rank } : { rank, allowance: new PriceAllowance() };
    const outcomes = await Promise.all(
      inputs.map((input, index) => {
        const sku = input.sku.trim();
        const problems = [...problemsOf(input), ...duplicateProblems(sku, seenSkus)];
        const checked = { index, input, problems, picture: pictures[index], stored: storedBySku.get(sku) };
        return limit(() => this.toDraft(ctx, checked, options));
      }),
    );
    return {
      drafts: outcomes.filter((outcome): outcome is GarmentDraft => 'statedFacts' in outcome),
      failed: outcomes.filter((outcome): outcome is FailedInput => 'problems' in outcome),
    };
  }

  /** Returns the stored garments of the inputs, by sku. */
  private async findStored(ctx: StoreContext, inputs: GarmentInput[]): Promise<Map<string, StoredGarment>> {
    const skus = inputs.map(({ sku }) => sku.trim());
    const stored = await this.parts.garments.findBySkus(ctx, skus);
    const skusWithPicture = new Set(inputs.filter(({ image }) => image).map(({ sku }) => sku.trim()));
    const sources = await this.parts.pictures.storedSources(
      ctx,
      stored.filter(({ sku }) => skusWithPicture.has(sku)),
    );
    return new Map(stored.map((garment) => [garment.sku, { garment, source: sources.get(garment.id) ?? null }]));
  }

  private async toDraft(
    ctx: StoreContext,
    checked: CheckedInput,
    options: OpenOptions,
  ): Promise<GarmentDraft | FailedInput> {
    const { index, input, problems } = checked;
    const stored = checked.stored?.garment ?? null;
    if (!stored && !checked.picture) {
      problems.push({ field: ['image'], code: 'IMAGE_REQUIRED', message: 'A new garment needs a picture.' });
    }
    const arrived = await this.loadPicture(ctx, checked, options);
    if (problems.length > 0) return { index, problems };
    const { picture, source } = arrived!;
    const statedFacts = mergeFacts(stored, input);
    return {
      index,
      sku: input.sku.trim(),
      stored,
      statedFacts,
      picture,
      source,
      bringsPicture: Boolean(checked.picture),
      wordsHash: textHashOf(statedFacts),
      imageHash: (picture === undefined ? stored?.imageHash : picture?.hash) ?? null,
    };
  }

  /** Returns null for a picture that cannot be loaded, and adds a problem to the input. */
  private async loadPicture(
    ctx: StoreContext,
    { picture, problems, stored }: CheckedInput,
    options: OpenOptions,
  ): Promise<ArrivedPicture | null> {
    if (!picture) return { picture, source: undefined };
    const state = { hash: stored?.garment.imageHash ?? null, source: stored?.source ?? null };
    try {
      return await this.parts.pictures.arrive(ctx, picture, state, options);
    } catch (error) {
      if (!(error instanceof FitroomError) || isTemporary(error)) throw error;
      problems.push({ field: ['image', ...error.field], code: error.code, message: error.message });
      return null;
    }
  }
}

/** Returns a problem if the sku was seen before, and remembers it. */
function duplicateProblems(sku: string, seenSkus: Set<string>): InputProblem[] {
  if (!seenSkus.has(sku)) {
    seenSkus.add(sku);
    return [];
  }
  return [
    { field: ['sku'], code: 'DUPLICATE_SKU', message: 'This sku is already used by an earlier input of the call.' },
  ];
}
