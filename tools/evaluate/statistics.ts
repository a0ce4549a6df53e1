// Owns the arithmetic of the figures: precision, recall, calibration, ratios, and their bootstrap intervals. Knows no data.
import { seededRandom } from '../../src/domain/shared/random.js';

/** A figure with its 95 % interval. */
export interface Measured {
  value: number;
  low: number;
  high: number;
  /** What was resampled. */
  rows: number;
}

/** The value of a figure on the rows at these positions; a position may stand several times. */
export type Statistic = (positions: Uint32Array) => number;

const RESAMPLES = 1000;
const SEED = 1;
const TOP = 10;
/** Bins of equal width that the calibration error compares confidence and accuracy in, as Guo et al. 2017 have it. */
const CALIBRATION_BINS = 15;

/**
 * The statistic on all rows, and the 2.5 % and 97.5 % quantiles of 1,000 seeded resamples with replacement (percentile
 * bootstrap, Efron 1979). The same rows give the same interval.
 * @param rows ≥ 1
 */
export function bootstrap(rows: number, statistic: Statistic): Measured {
  if (rows < 1) throw new RangeError('a figure needs a row');
  const random = seededRandom(SEED);
  const values = Array.from({ length: RESAMPLES }, () =>
    statistic(Uint32Array.from({ length: rows }, () => Math.floor(random.next() * rows))),
  ).sort((a, b) => a - b);
  return {
    value: statistic(Uint32Array.from({ length: rows }, (_, i) => i)),
    low: quantile(values, 0.025),
    high: quantile(values, 0.975),
    rows,
  };
}

export function meanOf(values: readonly number[]): Measured {
  return bootstrap(values.length, (positions) => meanAt(values, positions));
}

/** mean(a) − mean(b) over paired rows. */
export function meanDifference(a: readonly number[], b: readonly number[]): Measured {
  return meanOf(a.map((value, i) => value - b[i]!));
}

/** mean(a) ÷ mean(b) over paired rows; 0 where b is nothing but zeros. */
export function ratioOfMeans(a: readonly number[], b: readonly number[]): Measured {
  return bootstrap(a.length, (positions) => {
    const below = meanAt(b, positions);
    return below === 0 ? 0 : meanAt(a, positions) / below;
  });
}

/** Mean over the labels of the share of their rows that are right, so that a rare label counts as much as a common one. */
export function macroRecall(labels: readonly string[], hits: readonly number[]): Measured {
  const names = [...new Set(labels)];
  const classes = labels.map((label) => names.indexOf(label));
  return bootstrap(labels.length, (positions) => {
    const right = new Float64Array(names.length);
    const all = new Float64Array(names.length);
    for (const position of positions) {
      all[classes[position]!]! += 1;
      right[classes[position]!]! += hits[position]!;
    }
    let sum = 0;
    let present = 0;
    all.forEach((rows, i) => {
      if (rows === 0) return;
      present += 1;
      sum += right[i]! / rows;
    });
    return sum / present;
  });
}

/**
 * Expected calibration error: Σ_bin share · |accuracy − mean confidence| over 15 bins of equal width.
 * @param confidences 0…1, of each row's likeliest label
 * @param hits 1 where that label is right
 */
export function calibrationError(confidences: readonly number[], hits: readonly number[]): Measured {
  const bins = confidences.map((p) => Math.min(CALIBRATION_BINS - 1, Math.floor(p * CALIBRATION_BINS)));
  return bootstrap(confidences.length, (positions) => {
    const gaps = new Float64Array(CALIBRATION_BINS);
    for (const position of positions) gaps[bins[position]!]! += hits[position]! - confidences[position]!;
    return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / positions.length;
  });
}

/**
 * nP@10: hits among the first ten ÷ min(10, relevant), so that 1 can be reached where fewer than ten are relevant.
 * @param found best first
 * @param relevant at least one
 */
export function precisionAt10(found: readonly string[], relevant: ReadonlySet<string>): number {
  const hits = found.slice(0, TOP).filter((sku) => relevant.has(sku)).length;
  return hits / Math.min(TOP, relevant.size);
}

/** The value under which `share` of the values lie, linearly between the two nearest. @param sorted ascending, not empty */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)]!;
  const above = sorted[Math.ceil(position)]!;
  return below + (above - below) * (position - Math.floor(position));
}

function meanAt(values: readonly number[], positions: Uint32Array): number {
  let sum = 0;
  for (const position of positions) sum += values[position]!;
  return sum / positions.length;
}
