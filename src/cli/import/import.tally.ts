// Counts of an import: stored and failed garments, warnings and speed.
import type { GoldenComparison } from '../../domain/analytics/golden.query.js';
import type { RowFailure } from '../../feeds/garment.row.js';
import type { BatchOutcome } from './garment.sender.js';

/**
 * Number of stored examples. Further ones are only counted, because a source with a million invalid rows must not fill
 * the memory.
 */
const MAX_EXAMPLES = 20;

export interface ImportCount {
  created: number;
  updated: number;
  /** Rows with at least one failure. */
  failed: number;
  warningsByCode: Record<string, number>;
  failuresByCode: Record<string, number>;
  /** First failures and first warnings, in the order of their rows. */
  firstFailures: RowFailure[];
  firstWarnings: RowFailure[];
  /** Changes of golden queries for each source, in the order of the sources; empty without golden queries. */
  golden: GoldenComparison[];
  seconds: number;
}

/** Accumulates the outcomes of batches. */
export class ImportTally {
  readonly #startedAt = performance.now();
  readonly #count = { created: 0, updated: 0, failed: 0 };
  readonly #failures = new Examples();
  readonly #warnings = new Examples();
  readonly #golden: GoldenComparison[] = [];

  /** Number of completed rows, stored or failed. */
  get done(): number {
    return this.#count.created + this.#count.updated + this.#count.failed;
  }

  add(outcome: BatchOutcome): void {
    this.#count.created += outcome.created;
    this.#count.updated += outcome.updated;
    this.#count.failed += new Set(outcome.failures.map(({ row }) => row)).size;
    outcome.failures.forEach((failure) => this.#failures.add(failure));
    outcome.warnings.forEach((warning) => this.#warnings.add(warning));
  }

  /** Adds the counts of a whole import by the server. */
  addCounted(count: Omit<ImportCount, 'seconds'>): void {
    this.#count.created += count.created;
    this.#count.updated += count.updated;
    this.#count.failed += count.failed;
    this.#failures.addCounted(count.failuresByCode, count.firstFailures);
    this.#warnings.addCounted(count.warningsByCode, count.firstWarnings);
    this.#golden.push(...count.golden);
  }

  addGolden(comparison: GoldenComparison): void {
    this.#golden.push(comparison);
  }

  count(): ImportCount {
    return {
      ...this.#count,
      failuresByCode: this.#failures.byCode,
      warningsByCode: this.#warnings.byCode,
      firstFailures: this.#failures.byRow(),
      firstWarnings: this.#warnings.byRow(),
      golden: [...this.#golden],
      seconds: (performance.now() - this.#startedAt) / 1000,
    };
  }
}

class Examples {
  readonly byCode: Record<string, number> = {};
  readonly #first: RowFailure[] = [];

  add(example: RowFailure): void {
    this.byCode[example.code] = (this.byCode[example.code] ?? 0) + 1;
    if (this.#first.length < MAX_EXAMPLES) this.#first.push(example);
  }

  addCounted(byCode: Record<string, number>, first: RowFailure[]): void {
    for (const [code, count] of Object.entries(byCode)) this.byCode[code] = (this.byCode[code] ?? 0) + count;
    this.#first.push(...first.slice(0, MAX_EXAMPLES - this.#first.length));
  }

  /**
   * Returns the examples in the order of their rows. Parallel calls end in any order, but people read a file from the
   * top.
   */
  byRow(): RowFailure[] {
    return this.#first.toSorted((a, b) => a.row - b.row);
  }
}
