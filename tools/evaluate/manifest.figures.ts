// Storage of figures: in a bundle's manifest, which `insights.modelReport` returns, and in a report file.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../../src/inference/manifest.js';
import { HISTORY_FILE, readReleases, type Release } from '../../src/inference/release.history.js';
import type { Figure, FigureSheet } from './figure.sheet.js';

type Metric = Manifest['metrics'][number];

/**
 * Replaces the manifest's metrics of the same names and keeps the others. Training stores some metrics that only
 * training can measure, such as 8-bit against 32-bit weights.
 * @param dir the bundle's folder
 * @returns all metrics of the manifest
 */
export async function storeFigures(dir: string, figures: readonly Figure[]): Promise<Manifest['metrics']> {
  const file = join(dir, 'manifest.json');
  // Reads the file itself, not the parsed manifest, so that fields unknown to this server are preserved.
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { metrics: Metric[] };
  const measured = new Set(figures.map(({ name }) => name));
  const unmeasured = manifest.metrics.filter(({ name }) => !measured.has(name));
  const metrics = [...figures.map(metricOf), ...unmeasured];
  await replace(file, `${JSON.stringify({ ...manifest, metrics }, null, 2)}\n`);
  return metrics;
}

/**
 * Stores a release in the bundle's history and replaces an earlier entry of the same version. The old confusions stay
 * if this run counted none.
 */
export async function noteRelease(dir: string, release: Release): Promise<void> {
  const releases = await readReleases(dir);
  const before = releases.find(({ model }) => model === release.model);
  const confusions = release.confusions.length > 0 ? release.confusions : (before?.confusions ?? []);
  const all = [...releases.filter((entry) => entry !== before), { ...release, confusions }];
  await replace(join(dir, HISTORY_FILE), `${JSON.stringify(all, null, 1)}\n`);
}

/** Replaces a file atomically: a concurrent reader gets either the old or the new content. */
async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.partial`, text);
  await rename(`${file}.partial`, file);
}

/** Model, split and time of a run. */
export interface RunReport {
  model: string;
  split: string;
  /** Number of garments in the catalog. */
  garments: number;
  /** ISO 8601. */
  at: string;
}

export async function writeReport(path: string, run: RunReport, sheets: readonly FigureSheet[]): Promise<void> {
  const questions = sheets.map(({ question, figures, notes }) => ({
    question,
    figures: figures.map((figure) => ({ ...metricOf(figure), label: figure.label })),
    notes,
  }));
  await writeFile(path, `${JSON.stringify({ ...run, questions }, null, 2)}\n`);
}

function metricOf({ name, value, rows, low, high }: Figure): Metric {
  return { name, value: rounded(value), rows, low: rounded(low), high: rounded(high) };
}

/** Rounds to four decimals, which is finer than the confidence interval of any figure. */
function rounded(value: number): number {
  return Number(value.toFixed(4));
}
