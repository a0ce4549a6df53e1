// Owns how what a change did to golden queries is shown, and how it is found where this command makes the change itself.
import type { GoldenComparison, GoldenChange, GoldenRanks } from '../domain/analytics/golden.query.js';
import type { ApiClient } from './api.client.js';

/** A comparison as the API answers it. */
export const GOLDEN_FIELDS = `golden {
  queries wins { queryId name sku before after } losses { queryId name sku before after }
}`;

const RUN = `{ goldenQueries { id name within result { found { sku rank } missing { sku rank } } } }`;

interface GoldenRun {
  id: string;
  name: string;
  within: number;
  result: { found: GoldenRanks['ranks']; missing: GoldenRanks['ranks'] };
}

/** Where the expected garments of all golden queries stand now. */
export async function goldenRanks(api: ApiClient): Promise<GoldenRanks[]> {
  const { goldenQueries } = await api.callPatiently<{ goldenQueries: GoldenRun[] }>({ query: RUN });
  return goldenQueries.map(({ result: { found, missing }, ...query }) => ({ query, ranks: [...found, ...missing] }));
}

/** A line with the counts, and one for each garment that came or fell out. */
export function goldenLines({ queries, wins, losses }: GoldenComparison): string[] {
  return [
    `golden queries: ${queries}, won ${wins.length}, lost ${losses.length}`,
    ...wins.map((change) => `  won  ${changeText(change)}`),
    ...losses.map((change) => `  lost ${changeText(change)}`),
  ];
}

function changeText({ name, sku, before, after }: GoldenChange): string {
  return `${name}: ${sku} from ${place(before)} to ${place(after)}`;
}

function place(rank: number | null): string {
  return rank === null ? 'no place' : String(rank);
}
