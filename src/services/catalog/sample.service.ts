// The sample catalog of a first start, stored through the same write path as a merchant's garments.
import type { StoreContext } from '../../domain/access/store.context.js';
import type { GarmentRepository } from '../../store/garment.repository.js';
import { readSampleArchive, SAMPLE_ARCHIVE } from './sample.archive.js';
import { MAX_GARMENTS_PER_CALL, type UpsertService } from './upsert.service.js';

export interface SampleServiceParts {
  /** name@version of the active bundle. */
  bundle: string;
  garments: Pick<GarmentRepository, 'browse'>;
  upserts: Pick<UpsertService, 'upsert'>;
}

export class SampleService {
  constructor(private readonly parts: SampleServiceParts) {}

  /**
   * Stores the sample catalog if the store has no garments.
   * @param onProgress called after each batch with the number of stored garments and the total
   * @returns the number of stored garments; 0 if the catalog was not empty
   * @throws StartupError if the shipped sample cannot be read
   */
  async fillEmptyCatalog(ctx: StoreContext, onProgress: (done: number, all: number) => void): Promise<number> {
    const { bundle, upserts } = this.parts;
    const { totalCount } = await this.parts.garments.browse(ctx, { filter: { inStockOnly: false }, first: 1 });
    if (totalCount > 0) return 0;
    const { garments, embeddings } = await readSampleArchive(SAMPLE_ARCHIVE, bundle);
    for (let start = 0; start < garments.length; start += MAX_GARMENTS_PER_CALL) {
      const inputs = garments.slice(start, start + MAX_GARMENTS_PER_CALL);
      const { userErrors } = await upserts.upsert(ctx, inputs, { dryRun: false, embeddings });
      // the sample belongs to this repository, so a refused garment is a defect and not bad input
      if (userErrors.length > 0) throw new Error(`sample garment refused: ${JSON.stringify(userErrors[0])}`);
      onProgress(start + inputs.length, garments.length);
    }
    return garments.length;
  }
}
