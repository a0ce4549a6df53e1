// Inputs → drafts: checks each garment by itself, has its picture brought in, and reports what is wrong with which.
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

/** Pictures of one call that are fetched or wait to be opened at once: enough to keep all decoders busy. */
const OPEN_AT_ONCE = 8;

/** A garment as it is stored. */
interface Known {
  garment: Garment;
  /** Where its picture came from, where that is remembered and the input brings one. */
  source: PictureSource | null;
}

/** One input, what is wrong with it already, and what is known of its sku. */
interface Given {
  index: number;
  input: GarmentInput;
  problems: InputProblem[];
  picture: StartedPicture | null | undefined;
  known: Known | undefined;
}

export class GarmentDraftReader {
  constructor(private readonly parts: { garments: GarmentRepository; pictures: GarmentDraftPictures }) {}

  /** Drafts in the order of the inputs, and those inputs that are none. */
  async read(ctx: StoreContext, inputs: GarmentInput[]): Promise<{ drafts: GarmentDraft[]; failed: FailedInput[] }> {
    const pictures = inputs.map(({ image }) => image && this.parts.pictures.start(image));
    const known = await this.known(ctx, inputs);
    const seen = new Set<string>();
    const limit = pLimit(OPEN_AT_ONCE);
    const rank = rankOfCaller();
    // a job holds up nobody: whoever waits for an answer comes first
    const opening: OpenOptions = rank === 'JOB' ? { rank } : { rank, allowance: new PriceAllowance() };
    const outcomes = await Promise.all(
      inputs.map((input, index) => {
        const problems = [...problemsOf(input), ...this.repeated(input.sku.trim(), seen)];
        const given = { index, input, problems, picture: pictures[index], known: known.get(input.sku.trim()) };
        return limit(() => this.draft(ctx, given, opening));
      }),
    );
    return {
      drafts: outcomes.filter((outcome): outcome is GarmentDraft => 'said' in outcome),
      failed: outcomes.filter((outcome): outcome is FailedInput => 'problems' in outcome),
    };
  }

  /** By sku. */
  private async known(ctx: StoreContext, inputs: GarmentInput[]): Promise<Map<string, Known>> {
    const skus = inputs.map(({ sku }) => sku.trim());
    const stored = await this.parts.garments.findBySkus(ctx, skus);
    const shown = new Set(inputs.filter(({ image }) => image).map(({ sku }) => sku.trim()));
    const sources = await this.parts.pictures.remembered(
      ctx,
      stored.filter(({ sku }) => shown.has(sku)),
    );
    return new Map(stored.map((garment) => [garment.sku, { garment, source: sources.get(garment.id) ?? null }]));
  }

  private repeated(sku: string, seen: Set<string>): InputProblem[] {
    if (!seen.has(sku)) {
      seen.add(sku);
      return [];
    }
    return [{ field: ['sku'], code: 'DUPLICATE_SKU', message: 'This sku stands earlier in the same call.' }];
  }

  private async draft(ctx: StoreContext, given: Given, opening: OpenOptions): Promise<GarmentDraft | FailedInput> {
    const { index, input, problems } = given;
    const stored = given.known?.garment ?? null;
    if (!stored && !given.picture) {
      problems.push({ field: ['image'], code: 'IMAGE_REQUIRED', message: 'A new garment needs a picture.' });
    }
    const arrived = await this.arrived(ctx, given, opening);
    if (problems.length > 0) return { index, problems };
    const { picture } = arrived!;
    const said = mergeFacts(stored, input);
    return {
      index,
      sku: input.sku.trim(),
      stored,
      said,
      ...arrived!,
      isShown: Boolean(given.picture),
      wordsHash: textHashOf(said),
      imageHash: (picture === undefined ? stored?.imageHash : picture?.hash) ?? null,
    };
  }

  /** Null where it failed; the problem stands with the others then. */
  private async arrived(
    ctx: StoreContext,
    { picture, problems, known }: Given,
    opening: OpenOptions,
  ): Promise<ArrivedPicture | null> {
    if (!picture) return { picture, source: undefined };
    const before = { hash: known?.garment.imageHash ?? null, source: known?.source ?? null };
    try {
      return await this.parts.pictures.arrive(ctx, picture, before, opening);
    } catch (error) {
      if (!(error instanceof FitroomError) || isTemporary(error)) throw error;
      problems.push({ field: ['image', ...error.field], code: error.code, message: error.message });
      return null;
    }
  }
}
