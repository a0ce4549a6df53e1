// Golden queries: requests with expected top garments, their results and the comparison of runs.
import { ERROR_CODES } from '../../errors.js';
import type { GarmentFilter } from '../catalog/garment.js';
import type { InputProblem } from '../catalog/garment.input.js';
import { isUuid, nameProblems, problemsFrom, skuProblems } from '../shared/input.problem.js';
import { MAX_PAGE_SIZE } from '../shared/page.js';
import { requestWords } from '../recommend/recommend.request.js';
import { isSku, isVisible } from '../shared/text.js';

/** A saved golden query. At least one of text and imageSku is set. */
export interface GoldenQuery {
  /** A UUID. */
  id: string;
  name: string;
  text: string | null;
  avoid: string | null;
  /** SKU of a catalog garment whose picture is the picture of the request. */
  imageSku: string | null;
  filter: GarmentFilter | null;
  expectedSkus: string[];
  /** Number of top ranks that must contain the expected garments, 1 to 100. */
  within: number;
}

/** A golden query to save. A null id creates a new one. */
export type GoldenInput = Omit<GoldenQuery, 'id'> & { id: string | null };

export interface ExpectedRank {
  sku: string;
  /** From 1; null if the garment is not in the ranking. */
  rank: number | null;
}

/** Ranks of the expected garments of one golden query in one run, in the order of expectedSkus. */
export interface GoldenRanks {
  query: Pick<GoldenQuery, 'id' | 'name' | 'within'>;
  ranks: ExpectedRank[];
}

export interface GoldenResult {
  passed: boolean;
  /** Expected garments among the first `within`. */
  found: { sku: string; rank: number }[];
  /** The other expected garments, with their ranks. */
  missing: ExpectedRank[];
}

/** An expected garment that is among the first `within` in exactly one of two runs. */
export interface GoldenChange {
  queryId: string;
  name: string;
  sku: string;
  before: number | null;
  after: number | null;
}

export interface GoldenComparison {
  /** Number of golden queries in both runs. */
  queries: number;
  wins: GoldenChange[];
  losses: GoldenChange[];
}

/** Maximum number per store, so that a field that runs them all takes only seconds. */
export const MAX_GOLDEN_QUERIES = 100;
export const DEFAULT_WITHIN = 10;

export function resultOf({ query, ranks }: GoldenRanks): GoldenResult {
  const isFound = (expected: ExpectedRank): expected is { sku: string; rank: number } => isWithin(expected, query);
  const missing = ranks.filter((expected) => !isFound(expected));
  return { passed: missing.length === 0, found: ranks.filter(isFound), missing };
}

/**
 * Returns the effect of a change (an import, a model, a rule): wins are expected garments that entered the first
 * `within`, losses are those that left. Other moves do not count. Queries in only one of the runs are ignored.
 */
export function compareGolden(before: GoldenRanks[], after: GoldenRanks[]): GoldenComparison {
  const comparison: GoldenComparison = { queries: 0, wins: [], losses: [] };
  const earlier = new Map(before.map((run) => [run.query.id, run]));
  for (const { query, ranks } of after) {
    const runBefore = earlier.get(query.id);
    if (!runBefore) continue;
    comparison.queries += 1;
    const ranksBefore = new Map(runBefore.ranks.map(({ sku, rank }) => [sku, rank]));
    for (const { sku, rank } of ranks) {
      const rankBefore = ranksBefore.get(sku);
      if (rankBefore === undefined) continue;
      const was = isWithin({ sku, rank: rankBefore }, query);
      const is = isWithin({ sku, rank }, query);
      const change = { queryId: query.id, name: query.name, sku, before: rankBefore, after: rank };
      if (is && !was) comparison.wins.push(change);
      if (was && !is) comparison.losses.push(change);
    }
  }
  return comparison;
}

function isWithin({ rank }: ExpectedRank, { within }: Pick<GoldenQuery, 'within'>): boolean {
  return rank !== null && rank <= within;
}

/** Returns every problem that a golden query has on its own. Its filter is checked against the catalog elsewhere. */
export function problemsOfGolden(input: GoldenInput): InputProblem[] {
  const { id, name, text, imageSku, expectedSkus, within } = input;
  const checks: [boolean, InputProblem['code'], string, string][] = [
    [id !== null && !isUuid(id), 'ARGUMENT_INVALID', 'id', 'An id is a UUID in lower case.'],
    [
      (text === null || !isVisible(text)) && imageSku === null,
      'QUERY_EMPTY',
      'text',
      'At least one of text and imageSku is required.',
    ],
    [imageSku !== null && !isSku(imageSku), 'SKU_INVALID', 'imageSku', ERROR_CODES.SKU_INVALID],
    [!isPageSize(within), 'PAGE_SIZE_INVALID', 'within', '`within` must be between 1 and 100.'],
    [
      expectedSkus.length < 1 || expectedSkus.length > within,
      'EXPECTED_SKUS_INVALID',
      'expectedSkus',
      'At least one expected garment is required, and at most `within` are allowed.',
    ],
  ];
  const found = checks
    .filter(([isWrong]) => isWrong)
    .map(([, code, field, message]) => ({ field: [field], code, message }));
  return [
    ...nameProblems(name),
    ...found,
    ...skuProblems('expectedSkus', expectedSkus),
    ...problemsFrom(() => requestWords(text, 'text')),
    ...problemsFrom(() => requestWords(input.avoid, 'avoid')),
  ];
}

function isPageSize(within: number): boolean {
  return Number.isInteger(within) && within >= 1 && within <= MAX_PAGE_SIZE;
}

export const GOLDEN_OCCASIONS = ['DAILY', 'IMPORT', 'SWITCH'] as const;
/** Trigger of a run: the daily schedule, an import that ended, or a switch to another model. */
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
  /** Number of queries with all expected garments among the first `within`. */
  passed: number;
  /** Comparison with the previous run; null for the first run. */
  change: GoldenComparison | null;
}

/** Returns the runs in time order, each compared with the previous one. */
export function goldenReports(runs: readonly GoldenRun[]): GoldenRunReport[] {
  return runs.map(({ ranks, ...run }, i) => ({
    ...run,
    queries: ranks.length,
    passed: ranks.filter((goldenRanks) => resultOf(goldenRanks).passed).length,
    change: i === 0 ? null : compareGolden(runs[i - 1]!.ranks, ranks),
  }));
}
