// Fills an empty catalog with the drawn sample, through the same write path as any merchant.
import { sampleCatalog, type SampleGarment } from '../drawing/sample.catalog.js';
import { drawGarment } from '../drawing/garment.drawing.js';
import type { GarmentInput } from '../domain/garment.input.js';
import type { StoreContext } from '../domain/store.context.js';
import { rasterize } from '../pictures/rasterize.js';
import type { GarmentRepository } from '../store/garment.repository.js';
import type { UpsertService } from './upsert.service.js';

/** Width of a drawn picture in px; 3:4, so that the stored 512 px version loses nothing. */
const PICTURE_WIDTH = 384;
const GARMENTS_PER_CALL = 50;

export interface SampleServiceParts {
  garments: GarmentRepository;
  upserts: UpsertService;
}

export class SampleService {
  constructor(private readonly parts: SampleServiceParts) {}

  /**
   * @param onProgress called after each batch with the number stored so far and the number in all
   * @returns how many garments were stored: 0 where the catalog had any
   */
  async fillEmptyCatalog(ctx: StoreContext, onProgress: (done: number, all: number) => void): Promise<number> {
    const { totalCount } = await this.parts.garments.browse(ctx, { filter: { inStockOnly: false }, first: 1 });
    if (totalCount > 0) return 0;
    const sample = sampleCatalog();
    const drawn = (start: number): Promise<GarmentInput[]> =>
      Promise.all(sample.slice(start, start + GARMENTS_PER_CALL).map(drawnInput));
    let next = drawn(0);
    for (let start = 0; start < sample.length; start += GARMENTS_PER_CALL) {
      const inputs = await next;
      // drawn by other threads while this one stores
      next = drawn(start + GARMENTS_PER_CALL);
      const { userErrors } = await this.parts.upserts.upsert(ctx, inputs, { dryRun: false });
      // the sample is ours: a refused garment is a defect, not bad input
      if (userErrors.length > 0) throw new Error(`sample garment refused: ${JSON.stringify(userErrors[0])}`);
      onProgress(start + inputs.length, sample.length);
    }
    return sample.length;
  }
}

async function drawnInput({ drawing, ...garment }: SampleGarment): Promise<GarmentInput> {
  const bytes = await rasterize(drawGarment(drawing), PICTURE_WIDTH);
  return { ...garment, image: { kind: 'bytes', bytes } };
}
