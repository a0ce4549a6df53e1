// Output of the benchmark: a table for people and a JSON file for comparing runs.
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../src/config.js';
import type { ImportFigures } from './import.throughput.js';
import type { LookFigures } from './looks.js';
import type { ScenarioFigures } from './latency.js';

export interface ShopperFigures {
  database: string;
  catalogGarments: number;
  rounds: number;
  scenarios: ScenarioFigures[];
}

export interface BenchReport {
  /** ISO 8601. */
  at: string;
  machine: { cpu: string; cores: number; node: string };
  model: string;
  inferenceThreads: number;
  /** Null for a part that `--only` leaves out. */
  shopper: ShopperFigures | null;
  import: ImportFigures | null;
  looks: LookFigures | null;
}

export function machine(): BenchReport['machine'] {
  return { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism(), node: process.versions.node };
}

/** Returns the report as text tables. */
export function tableOf(report: BenchReport): string {
  const { machine: on, model, inferenceThreads } = report;
  return [
    `${on.cpu}, ${on.cores} cores, Node ${on.node}; ${model}, ${inferenceThreads} threads per session`,
    ...(report.shopper ? shopperTable(report.shopper) : []),
    ...(report.import ? importTable(report.import) : []),
    ...(report.looks ? lookTable(report.looks) : []),
  ].join('\n');
}

function shopperTable({ database, catalogGarments, rounds, scenarios }: ShopperFigures): string[] {
  const head = ['', 'end to end', 'p95', 'ONNX', 'SQL', 'ratio', 'lowest…highest round'];
  const rows = scenarios.map(({ name, endToEndMs, onnxMs, sqlMs, ratio, ratioRange }) => [
    name,
    ...[endToEndMs.median, endToEndMs.p95, onnxMs, sqlMs].map((ms) => `${ms.toFixed(1)} ms`),
    ratio.toFixed(2),
    rangeOf(ratioRange),
  ]);
  return [
    '',
    `a shopper, ${database} database, ${catalogGarments} garments, ${rounds} rounds`,
    ...aligned([head, ...rows]),
  ];
}

function importTable(figures: ImportFigures): string[] {
  const { garmentsPerSecond, bareGarmentsPerSecond, cpuMs, bareCpuMs } = figures;
  const { database, garments, pictureWidth, callsAtOnce, rounds, ratio, ratioRange } = figures;
  const head = ['', 'garments/s', 'CPU per garment'];
  const row = (name: string, perSecond: number, ms: number) => [name, perSecond.toFixed(1), `${ms.toFixed(1)} ms`];
  return [
    '',
    `imports of ${garments} garments, pictures ${pictureWidth} px wide, ${callsAtOnce} calls at once, ` +
      `${database} database, ${rounds} rounds`,
    ...aligned([head, row('import', garmentsPerSecond, cpuMs), row('bare encoders', bareGarmentsPerSecond, bareCpuMs)]),
    `ratio ${ratio.toFixed(2)} (${rangeOf(ratioRange)})`,
  ];
}

function lookTable({ garments, rounds, cases }: LookFigures): string[] {
  const head = ['', 'three outfits add', 'fastest tenth'];
  const rows = cases.map(({ name, ...ms }) => [
    name,
    ...[ms.addedMs, ms.fastestMs].map((value) => `${value.toFixed(1)} ms`),
  ]);
  return [
    '',
    `outfits from ${garments} garments, medians of ${rounds} requests of each kind`,
    ...aligned([head, ...rows]),
  ];
}

function rangeOf(range: [number, number]): string {
  return range.map((value) => value.toFixed(2)).join('…');
}

/** Writes the report. @returns the path of the file, relative to the project */
export async function writeReport(report: BenchReport): Promise<string> {
  const path = join('bench', 'reports', `${report.at.replace(/[:.]/g, '-')}.json`);
  await mkdir(join(PROJECT_ROOT, 'bench', 'reports'), { recursive: true });
  await writeFile(join(PROJECT_ROOT, path), `${JSON.stringify(report, rounded, 2)}\n`);
  return path;
}

/** Rounds to three decimals, which is finer than the precision of any figure. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(3)) : value;
}

function aligned(rows: string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  '),
  );
}
