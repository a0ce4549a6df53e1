// Fills an empty catalog with the shipped sample, through the same write path as any merchant.
import type { StoreContext } from '../../domain/access/store.context.js';
import type { GarmentRepository } from '../../store/garment.repository.js';
import { readSampleArchive, SAMPLE_ARCHIVE } from './sample.archive.js';
import { MAX_GARMENTS_PER_CALL, type UpsertService } from './upsert.service.js';

export interface SampleServiceParts {
  /** name@version of the bundle that answers. */
  bundle: string;
  garments: Pick<GarmentRepository, 'browse'>;
  upserts: Pick<UpsertService, 'upsert'>;
}

export class SampleService {
  constructor(private readonly parts: SampleServiceParts) {}

  /**
   * @param onProgress called after each batch with the number stored so far and the number in all
   * @returns how many garments were stored: 0 where the catalog had any
   * @throws StartupError where the shipped sample cannot be read
   */
  async fillEmptyCatalog(ctx: StoreContext, onProgress: (done: number, all: number) => void): Promise<number> {
    const { bundle, garments: catalog, upserts } = this.parts;
    const { totalCount } = await catalog.browse(ctx, { filter: { inStockOnly: false }, first: 1 });
    if (totalCount > 0) return 0;
    const { garments, embeddings } = await readSampleArchive(SAMPLE_ARCHIVE, bundle);
    for (let start = 0; start < garments.length; start += MAX_GARMENTS_PER_CALL) {
      const inputs = garments.slice(start, start + MAX_GARMENTS_PER_CALL);
      const { userErrors } = await upserts.upsert(ctx, inputs, { dryRun: false, embeddings });
      // the sample is ours: a refused garment is a defect, not bad input
      if (userErrors.length > 0) throw new Error(`sample garment refused: ${JSON.stringify(userErrors[0])}`);
      onProgress(start + inputs.length, garments.length);
    }
    return garments.length;
  }
}
