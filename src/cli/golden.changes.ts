// Effect of a change on the golden queries: how it is measured and printed.
import type { GoldenComparison, GoldenChange, GoldenRanks } from '../domain/analytics/golden.query.js';
import type { ApiClient } from './api.client.js';

/** Fields of a comparison in the API. */
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

/** Returns the present ranks of the expected garments of all golden queries. */
export async function goldenRanks(api: ApiClient): Promise<GoldenRanks[]> {
  const { goldenQueries } = await api.callPatiently<{ goldenQueries: GoldenRun[] }>({ query: RUN });
  return goldenQueries.map(({ result: { found, missing }, ...query }) => ({ query, ranks: [...found, ...missing] }));
}

/** Returns one line with the counts and one line for each garment that entered or left the top results. */
export function goldenLines({ queries, wins, losses }: GoldenComparison): string[] {
  return [
    `golden queries: ${queries}, won ${wins.length}, lost ${losses.length}`,
    ...wins.map((change) => `  won  ${changeText(change)}`),
    ...losses.map((change) => `  lost ${changeText(change)}`),
  ];
}

function changeText({ name, sku, before, after }: GoldenChange): string {
  return `${name}: ${sku} from ${rankText(before)} to ${rankText(after)}`;
}

function rankText(rank: number | null): string {
  return rank === null ? 'unranked' : String(rank);
}
