// Owns the storing of figures: in a bundle's manifest, which `insights.modelReport` serves, and as a file for comparing runs.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../../src/inference/manifest.js';
import { HISTORY_FILE, readReleases, type Release } from '../../src/inference/release.history.js';
import type { Figure, FigureSheet } from './figure.sheet.js';

type Metric = Manifest['metrics'][number];

/**
 * Figures of these names take the place of those that the manifest had. Others stay: training stores some that only it can
 * measure, such as 8 bits against 32.
 * @param dir the bundle's folder
 */
export async function storeFigures(dir: string, figures: readonly Figure[]): Promise<Manifest['metrics']> {
  const file = join(dir, 'manifest.json');
  // as it lies there, and not as the server reads it: what the server does not know stays too
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { metrics: Metric[] };
  const measured = new Set(figures.map(({ name }) => name));
  const kept = manifest.metrics.filter(({ name }) => !measured.has(name));
  const metrics = [...figures.map(metricOf), ...kept];
  await replace(file, `${JSON.stringify({ ...manifest, metrics }, null, 2)}\n`);
  return metrics;
}

/**
 * Notes a release in the bundle's history, in place of an earlier note of the same version. Confusions that were not counted
 * this time stay.
 */
export async function noteRelease(dir: string, release: Release): Promise<void> {
  const releases = await readReleases(dir);
  const before = releases.find(({ model }) => model === release.model);
  const confusions = release.confusions.length > 0 ? release.confusions : (before?.confusions ?? []);
  const all = [...releases.filter((one) => one !== before), { ...release, confusions }];
  await replace(join(dir, HISTORY_FILE), `${JSON.stringify(all, null, 1)}\n`);
}

/** Whoever reads the file meanwhile has the old one or the new one. */
async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.partial`, text);
  await rename(`${file}.partial`, file);
}

/** What was measured, when and on what. */
export interface RunReport {
  model: string;
  split: string;
  /** Of the catalog. */
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

/** A ten-thousandth is finer than any figure is sure. */
function rounded(value: number): number {
  return Number(value.toFixed(4));
}
