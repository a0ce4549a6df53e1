// Terminal output of an import: progress and summary.
import { SingleBar } from 'cli-progress';
import type { RowFailure } from '../../feeds/garment.row.js';
import { goldenLines } from '../golden.changes.js';
import type { ImportCount } from './import.tally.js';

export interface Progress {
  update(done: number): void;
  stop(): void;
}

const PLAIN_LINE_EVERY_MS = 5_000;

/**
 * Starts the progress output: a bar on a terminal, a line every 5 s in a file or pipe.
 * @param total number of rows
 */
export function startProgress(name: string, total: number, stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? barProgress(name, total, stream) : lineProgress(name, total, stream);
}

function barProgress(name: string, total: number, stream: NodeJS.WriteStream): Progress {
  const startedAt = performance.now();
  const bar = new SingleBar({
    format: `${name} {bar} {percentage} % · {value} of {total} · {speed} garments/s · {eta_formatted} left`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    etaBuffer: 50,
    hideCursor: true,
    stream,
  });
  bar.start(total, 0, { speed: '…' });
  return {
    update: (done) => bar.update(done, { speed: (done / ((performance.now() - startedAt) / 1000)).toFixed(0) }),
    stop: () => bar.stop(),
  };
}

function lineProgress(name: string, total: number, stream: NodeJS.WritableStream): Progress {
  let lastAt = performance.now();
  stream.write(`${name}: ${grouped(total)} rows\n`);
  return {
    update(done) {
      if (performance.now() - lastAt < PLAIN_LINE_EVERY_MS) return;
      lastAt = performance.now();
      stream.write(`${name}: ${grouped(done)} of ${grouped(total)}\n`);
    },
    stop: () => undefined,
  };
}

/** Returns the summary of an import as text. */
export function summaryOf(count: ImportCount, dryRun: boolean): string {
  const { created, updated, failed, seconds } = count;
  const perSecond = (created + updated + failed) / Math.max(seconds, 0.001);
  const lines = [
    dryRun ? 'Dry run: nothing was stored.' : null,
    `${dryRun ? 'would be created' : 'created'}  ${grouped(created)}`,
    `${dryRun ? 'would be updated' : 'updated'}  ${grouped(updated)}`,
    `failed   ${grouped(failed)}${byCode(count.failuresByCode)}`,
    `warnings ${grouped(sum(count.warningsByCode))}${byCode(count.warningsByCode)}`,
    `${seconds.toFixed(1)} s · ${perSecond.toFixed(1)} garments/s`,
    ...count.golden.flatMap(goldenLines),
    ...examples('failures', count.firstFailures, sum(count.failuresByCode)),
    ...examples('warnings', count.firstWarnings.slice(0, 5), sum(count.warningsByCode)),
  ];
  return lines.filter((line) => line !== null).join('\n');
}

function examples(what: string, rows: RowFailure[], total: number): string[] {
  if (rows.length === 0) return [];
  const title = rows.length < total ? `The first ${rows.length} of ${grouped(total)} ${what}:` : `All ${what}:`;
  return [
    '',
    title,
    ...rows.map((row) => `  row ${row.row}, sku ${row.sku ?? 'unknown'}: ${row.code}: ${row.message}`),
  ];
}

function byCode(counts: Record<string, number>): string {
  const parts = Object.entries(counts).sort((a, b) => b[1] - a[1]);
  return parts.length === 0 ? '' : ` (${parts.map(([code, n]) => `${code} ${grouped(n)}`).join(', ')})`;
}

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, n) => total + n, 0);
}

function grouped(n: number): string {
  return n.toLocaleString('en-US');
}
