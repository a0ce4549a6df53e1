// One run of all golden queries of a store, as it is kept, and beside the run before it.
import { compareGolden, resultOf, type GoldenComparison, type GoldenRanks } from './golden.js';

export const GOLDEN_OCCASIONS = ['DAILY', 'IMPORT', 'SWITCH'] as const;
/** What a run was made for: its day, an import that ended, or another model that took over. */
export type GoldenOccasion = (typeof GOLDEN_OCCASIONS)[number];

export interface GoldenRun {
  id: string;
  at: Date;
  /** The bundle's id. */
  model: string;
  occasion: GoldenOccasion;
  ranks: GoldenRanks[];
}

export interface GoldenRunReport extends Omit<GoldenRun, 'ranks'> {
  queries: number;
  /** Queries whose garments were all among their first. */
  passed: number;
  /** Against the run before; null of the first. */
  change: GoldenComparison | null;
}

/** Runs in the order of time, each beside the one before it. */
export function goldenReports(runs: readonly GoldenRun[]): GoldenRunReport[] {
  return runs.map(({ ranks, ...run }, i) => ({
    ...run,
    queries: ranks.length,
    passed: ranks.filter((one) => resultOf(one).passed).length,
    change: i === 0 ? null : compareGolden(runs[i - 1]!.ranks, ranks),
  }));
}
