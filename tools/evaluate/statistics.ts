// Statistics of the figures: precision, recall, calibration, ratios, and their bootstrap intervals.
import { seededRandom } from '../../src/domain/shared/random.js';

/** A figure with its 95 % interval. */
export interface Measured {
  value: number;
  low: number;
  high: number;
  /** Number of resampled rows. */
  rows: number;
}

/** Computes a figure from the rows at these positions. A position may occur several times. */
export type Statistic = (positions: Uint32Array) => number;

const RESAMPLES = 1000;
const SEED = 1;
const TOP = 10;
/** Number of bins of equal width, as in Guo et al. 2017. */
const CALIBRATION_BINS = 15;

/**
 * Returns the statistic of all rows, and the 2.5 % and 97.5 % quantiles of 1,000 seeded resamples with replacement
 * (percentile bootstrap, Efron 1979). The same rows give the same interval.
 * @param rows ≥ 1
 */
export function bootstrap(rows: number, statistic: Statistic): Measured {
  if (rows < 1) throw new RangeError('a figure needs at least one row');
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

/** Returns mean(a) − mean(b) over paired rows. */
export function meanDifference(a: readonly number[], b: readonly number[]): Measured {
  return meanOf(a.map((value, i) => value - b[i]!));
}

/** Returns mean(a) ÷ mean(b) over paired rows, or 0 if b has only zeros. */
export function ratioOfMeans(a: readonly number[], b: readonly number[]): Measured {
  return bootstrap(a.length, (positions) => {
    const below = meanAt(b, positions);
    return below === 0 ? 0 : meanAt(a, positions) / below;
  });
}

/** Returns the mean recall over the labels, so that a rare label counts as much as a common one. */
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
 * Returns the expected calibration error: Σ_bin share · |accuracy − mean confidence| over 15 bins of equal width.
 * @param confidences probability of each row's most likely label, 0…1
 * @param hits 1 if that label is correct, else 0
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
 * Returns nP@10: hits among the first ten ÷ min(10, relevant), so that 1 is reachable with fewer than ten relevant
 * skus.
 * @param results skus, best first
 * @param relevant at least one
 */
export function precisionAt10(results: readonly string[], relevant: ReadonlySet<string>): number {
  const hits = results.slice(0, TOP).filter((sku) => relevant.has(sku)).length;
  return hits / Math.min(TOP, relevant.size);
}

/**
 * Returns the value below which `share` of the values lie, interpolated linearly.
 * @param sorted ascending, not empty
 */
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
