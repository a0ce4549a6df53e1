// Golden queries: requests with the garments that a merchant expects near the top. What a run found, and what one run found
// that another did not. Pure; knows neither search nor database.
import { ERROR_CODES } from '../../errors.js';
import type { GarmentFilter } from '../catalog/garment.js';
import type { InputProblem } from '../catalog/garment.input.js';
import { isUuid, nameProblems, problemsFrom, skuProblems } from '../shared/input.problem.js';
import { MAX_PAGE_SIZE } from '../shared/page.js';
import { requestWords } from '../recommend/recommend.request.js';
import { isSku, isVisible } from '../shared/text.js';

/** What a merchant pins. At least one of text and imageSku is there. */
export interface GoldenQuery {
  /** A UUID. */
  id: string;
  name: string;
  text: string | null;
  avoid: string | null;
  /** A garment of the catalog whose picture is the request's. */
  imageSku: string | null;
  filter: GarmentFilter | null;
  expectedSkus: string[];
  /** The expected garments come up among so many, 1 to 100. */
  within: number;
}

/** The same on its way in: without an id it becomes a new one. */
export type GoldenInput = Omit<GoldenQuery, 'id'> & { id: string | null };

export interface ExpectedRank {
  sku: string;
  /** From 1; null: not in the ranking at all. */
  rank: number | null;
}

/** Where the expected garments of one golden query stood in one run, in the order in which they are expected. */
export interface GoldenRanks {
  query: Pick<GoldenQuery, 'id' | 'name' | 'within'>;
  ranks: ExpectedRank[];
}

export interface GoldenResult {
  passed: boolean;
  /** Those among the first `within`. */
  found: { sku: string; rank: number }[];
  /** Those that are not, with where they stand instead. */
  missing: ExpectedRank[];
}

/** An expected garment that one run has among the first `within` and another has not. */
export interface GoldenChange {
  queryId: string;
  name: string;
  sku: string;
  before: number | null;
  after: number | null;
}

export interface GoldenComparison {
  /** Golden queries that both runs know. */
  queries: number;
  wins: GoldenChange[];
  losses: GoldenChange[];
}

/** Golden queries of one store: a field that runs them all stays within seconds. */
export const MAX_GOLDEN_QUERIES = 100;
export const DEFAULT_WITHIN = 10;

export function resultOf({ query, ranks }: GoldenRanks): GoldenResult {
  const isFound = (expected: ExpectedRank): expected is { sku: string; rank: number } => isWithin(expected, query);
  const missing = ranks.filter((expected) => !isFound(expected));
  return { passed: missing.length === 0, found: ranks.filter(isFound), missing };
}

/**
 * What a change (an import, another model, a rule) did to golden queries: garments that came among the first `within` and
 * garments that fell out. A move above or below that line is neither, and a query that only one run knows is left out.
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

/** All that is wrong with what is to be pinned by itself; the filter is checked against the catalog. */
export function problemsOfGolden(input: GoldenInput): InputProblem[] {
  const { id, name, text, imageSku, expectedSkus, within } = input;
  const checks: [boolean, InputProblem['code'], string, string][] = [
    [id !== null && !isUuid(id), 'ARGUMENT_INVALID', 'id', 'An id is a UUID in lower case.'],
    [
      (text === null || !isVisible(text)) && imageSku === null,
      'QUERY_EMPTY',
      'text',
      'At least one of text and imageSku is given.',
    ],
    [imageSku !== null && !isSku(imageSku), 'SKU_INVALID', 'imageSku', ERROR_CODES.SKU_INVALID],
    [!isPageSize(within), 'PAGE_SIZE_INVALID', 'within', '`within` is between 1 and 100.'],
    [
      expectedSkus.length < 1 || expectedSkus.length > within,
      'EXPECTED_SKUS_INVALID',
      'expectedSkus',
      'At least one garment is expected, and no more than `within`.',
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
