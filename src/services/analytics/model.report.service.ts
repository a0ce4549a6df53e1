// Catalog statistics, and the evaluation figures of the active model and of earlier releases.
import type { StoreContext } from '../../domain/access/store.context.js';
import type { Encoders } from '../../inference/encoders.js';
import type { Manifest } from '../../inference/manifest.js';
import { readReleases, type Confusion } from '../../inference/release.history.js';
import type { CatalogStats, GarmentRepository } from '../../store/garment.repository.js';

export interface ModelMetric {
  name: string;
  value: number;
  /** Number of rows in the evaluation. */
  rows: number;
  /** Lower end of the 95 % bootstrap interval. Null if none was measured. */
  low: number | null;
  /** Upper end of the interval. */
  high: number | null;
}

export interface ModelReport {
  model: string;
  trainedAt: Date | null;
  /** Null if the bundle lacks the date. */
  evaluatedAt: Date | null;
  metrics: ModelMetric[];
  /** Confused labels, most frequent first. Empty if the bundle lacks them. */
  confusions: Confusion[];
}

export class ModelReportService {
  constructor(private readonly parts: { encoders: Encoders; garments: GarmentRepository }) {}

  async catalogStats(ctx: StoreContext): Promise<CatalogStats> {
    return this.parts.garments.stats(ctx, this.parts.encoders.bundle.id);
  }

  /** Returns the report of the active bundle, from its manifest. */
  async modelReport(): Promise<ModelReport> {
    return (await this.modelHistory()).at(-1)!;
  }

  /** Returns the reports of earlier releases and, last, of the active bundle. */
  async modelHistory(): Promise<ModelReport[]> {
    const { manifest, id, dir } = this.parts.encoders.bundle;
    const releases = await readReleases(dir);
    const active = releases.find(({ model }) => model === id);
    const earlier = releases.filter((release) => release !== active);
    const current = { ...(active ?? { evaluatedAt: null, confusions: [] }), model: id };
    // the manifest was released with the model files, so its figures take precedence
    return [...earlier, { ...current, trainedAt: manifest.trainedAt ?? null, metrics: manifest.metrics }].map(reportOf);
  }
}

function reportOf(release: {
  model: string;
  trainedAt: string | null;
  evaluatedAt: string | null;
  metrics: Manifest['metrics'];
  confusions: Confusion[];
}): ModelReport {
  return {
    ...release,
    trainedAt: dateOf(release.trainedAt),
    evaluatedAt: dateOf(release.evaluatedAt),
    metrics: release.metrics.map(({ low, high, ...metric }) => ({ ...metric, low: low ?? null, high: high ?? null })),
  };
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
