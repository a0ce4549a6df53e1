// What analysts ask of catalog and model: counts, and the figures that the running bundle was released with.
import type { StoreContext } from '../domain/store.context.js';
import type { Encoders } from '../inference/encoders.js';
import type { CatalogStats, GarmentRepository } from '../store/garment.repository.js';

export interface ModelMetric {
  name: string;
  value: number;
  /** Rows it was measured on. */
  rows: number;
  /** 95 % bootstrap interval, where one was measured. */
  low: number | null;
  high: number | null;
}

export interface ModelReport {
  model: string;
  trainedAt: Date | null;
  metrics: ModelMetric[];
}

export class InsightsService {
  constructor(private readonly parts: { encoders: Encoders; garments: GarmentRepository }) {}

  async catalogStats(ctx: StoreContext): Promise<CatalogStats> {
    return this.parts.garments.stats(ctx, this.parts.encoders.bundle.id);
  }

  /** Of the running bundle, as its evaluation wrote it into the manifest. */
  modelReport(): ModelReport {
    const { manifest, id } = this.parts.encoders.bundle;
    return {
      model: id,
      trainedAt: manifest.trainedAt ? new Date(manifest.trainedAt) : null,
      metrics: manifest.metrics.map(({ name, value, rows, low, high }) => ({
        name,
        value,
        rows,
        low: low ?? null,
        high: high ?? null,
      })),
    };
  }
}
