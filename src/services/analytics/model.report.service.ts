// What analysts ask of catalog and model: counts, and the figures that the running bundle and those before it were released with.
import type { StoreContext } from '../../domain/access/store.context.js';
import type { Encoders } from '../../inference/encoders.js';
import type { Manifest } from '../../inference/manifest.js';
import { readReleases, type Confusion } from '../../inference/release.history.js';
import type { CatalogStats, GarmentRepository } from '../../store/garment.repository.js';

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
  /** Null where its bundle does not say. */
  evaluatedAt: Date | null;
  metrics: ModelMetric[];
  /** What the head takes for something else, the commonest first; empty where the bundle does not say. */
  confusions: Confusion[];
}

export class ModelReportService {
  constructor(private readonly parts: { encoders: Encoders; garments: GarmentRepository }) {}

  async catalogStats(ctx: StoreContext): Promise<CatalogStats> {
    return this.parts.garments.stats(ctx, this.parts.encoders.bundle.id);
  }

  /** Of the running bundle, as its evaluation wrote it into the manifest. */
  async modelReport(): Promise<ModelReport> {
    return (await this.modelHistory()).at(-1)!;
  }

  /** Of the releases before it and of the running bundle itself, which comes last. */
  async modelHistory(): Promise<ModelReport[]> {
    const { manifest, id, dir } = this.parts.encoders.bundle;
    const releases = await readReleases(dir);
    const own = releases.find(({ model }) => model === id);
    const earlier = releases.filter((release) => release !== own);
    const running = { ...(own ?? { evaluatedAt: null, confusions: [] }), model: id };
    // the manifest is what was released with the files: its figures count
    return [...earlier, { ...running, trainedAt: manifest.trainedAt ?? null, metrics: manifest.metrics }].map(reportOf);
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

function dateOf(at: string | null): Date | null {
  return at === null ? null : new Date(at);
}
