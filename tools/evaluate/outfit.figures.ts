// Outfit figures: violations in the outfits of a merchant's catalog, counted against the labels.
import { merchantOf } from './outfit.catalog.js';
import { auditOutfits, VIOLATIONS, type AuditedOutfit, type Finding, type Violation } from './outfit.audit.js';
import { CURRENCY, outfitQueries, type OutfitQuery } from './outfit.queries.js';
import type { Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { ServedCatalog } from './served.catalog.js';
import { quantile } from './statistics.js';
import { CallRefused } from '../../src/cli/api.client.js';

const REQUESTS = 200;
/** Maximum number of findings shown in the notes. */
const SHOWN = 12;

const OUTFITS_QUERY = `query Looks($input: RecommendOutfitInput!, $first: Int, $keep: [String!], $budget: MoneyInput) {
  recommendOutfit(input: $input) {
    status
    outfits(first: $first, keepSkus: $keep, budget: $budget) {
      weakestLink
      pieces { slot garment { sku title price { amount currency } } }
    }
    outfitShortfall(first: $first, keepSkus: $keep, budget: $budget) { code message }
  }
}`;
const PLAIN_QUERY = `query Plain($input: RecommendOutfitInput!) { recommendOutfit(input: $input) { id status } }`;
const WITH_OUTFITS_QUERY = `query WithLooks($input: RecommendOutfitInput!) {
  recommendOutfit(input: $input) { id status outfits(first: 3) { score pieces { slot garment { sku } } } }
}`;

interface OutfitResult {
  outfits: AuditedOutfit[];
  /** Reason of the server for fewer outfits than requested. Null if it gives none. */
  shortfall: string | null;
}

export async function measureOutfits({ index, sample }: Evaluation, sheet: FigureSheet): Promise<void> {
  const { factsOf, withdraw, unavailable } = merchantOf(index.products);
  const catalog = await ServedCatalog.open(index.products, factsOf);
  try {
    await withdraw(catalog);
    const queries = outfitQueries(index, Math.min(sample, REQUESTS), unavailable);
    const results: OutfitResult[] = [];
    for (const query of queries) results.push(await resultOf(catalog, query));
    const products = new Map(index.products.map((product) => [product.sku, product]));
    const findings = results.map(({ outfits }, i) =>
      auditOutfits(outfits, { ...queries[i]!.terms, unavailable }, products),
    );
    report(sheet, { queries, results, findings });
    await measureAddedTime(catalog, queries, sheet);
  } finally {
    await catalog.close();
  }
}

async function resultOf(catalog: ServedCatalog, { input, terms }: OutfitQuery): Promise<OutfitResult> {
  const budget = terms.budget === null ? undefined : { amount: String(terms.budget), currency: CURRENCY };
  const variables = { input, first: terms.first, keep: terms.keepSkus, budget };
  try {
    const { recommendOutfit } = await catalog.call<OutfitsResponse>({ query: OUTFITS_QUERY, variables });
    const { outfitShortfall: shortfall } = recommendOutfit;
    const outfits = recommendOutfit.outfits.map(({ weakestLink, pieces }) => ({
      weakestLink,
      items: pieces.map(({ slot, garment }) => ({ slot, ...garment })),
    }));
    return { outfits, shortfall: shortfall && `${shortfall.code}: ${shortfall.message}` };
  } catch (error) {
    if (error instanceof CallRefused) return { outfits: [], shortfall: `${error.code}: ${error.message}` };
    throw error;
  }
}

interface OutfitsResponse {
  recommendOutfit: {
    outfits: {
      weakestLink: string | null;
      pieces: {
        slot: string;
        garment: { sku: string; title: string; price: AuditedOutfit['items'][number]['price'] };
      }[];
    }[];
    outfitShortfall: { code: string; message: string } | null;
  };
}

interface Audited {
  queries: readonly OutfitQuery[];
  results: readonly OutfitResult[];
  findings: readonly Finding[][];
}

const VIOLATION_LABELS: Readonly<Record<Violation, string>> = {
  role: 'items that nobody wears together, or a missing item',
  gender: 'items for men together with items for women',
  age: 'items for adults together with items for children',
  twice: 'a garment twice in one outfit',
  again: 'a garment in two outfits',
  kept: 'a missing locked item',
  budget: 'an outfit above the budget',
  filter: 'an item that `filter` or `avoid` excludes',
  gone: 'an item that is sold out, hidden or deleted',
};

function report(sheet: FigureSheet, { queries, results, findings }: Audited): void {
  const has = (i: number, violation: Violation): boolean =>
    findings[i]!.some((finding) => finding.violation === violation);
  for (const violation of VIOLATIONS) {
    const values = queries.map((_, i) => Number(has(i, violation)));
    sheet.mean(
      [`outfits.violation.${violation}`, `recommendations with ${VIOLATION_LABELS[violation]} (0 is best)`],
      values,
    );
  }
  const counts = results.map(({ outfits }) => outfits.length);
  const isShort = (i: number): boolean => counts[i]! < queries[i]!.terms.first;
  sheet.mean(['outfits.looks', 'outfits per recommendation, of 3'], counts);
  sheet.mean(
    ['outfits.none', 'recommendations without an outfit'],
    counts.map((count) => Number(count === 0)),
  );
  const explained = results.filter((_, i) => isShort(i)).map(({ shortfall }) => Number(shortfall !== null));
  sheet.mean(['outfits.shortSaid', 'recommendations with too few outfits that give a reason (1 is best)'], explained);
  for (const [code, rows] of byCode(results.filter((_, i) => counts[i] === 0))) {
    sheet.note(`without an outfit, ${code}: ${rows}`);
  }
  const all = findings.flatMap((list, i) =>
    list.map((finding) => ({ ...finding, description: queries[i]!.description })),
  );
  sheet.note(`${all.length} violations in ${counts.reduce((sum, count) => sum + count, 0)} outfits`);
  for (const { violation, what, description } of all.slice(0, SHOWN))
    sheet.note(`${violation}: ${what}, for: ${description}`);
}

function byCode(results: readonly OutfitResult[]): [code: string, rows: number][] {
  const counts = new Map<string, number>();
  for (const { shortfall } of results) {
    const code = shortfall?.split(':')[0] ?? 'no reason';
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}

const WARM_UP = 10;
const ROUNDS = 60;

/** Measures what three outfits add to the same request: the median difference of requests sent in turn. */
async function measureAddedTime(
  catalog: ServedCatalog,
  queries: readonly OutfitQuery[],
  sheet: FigureSheet,
): Promise<void> {
  const textQueries = queries.filter(({ input }) => input.text !== undefined && !input.image);
  const added: number[] = [];
  for (let round = 0; round < Math.min(textQueries.length, ROUNDS + WARM_UP); round += 1) {
    const variables = { input: textQueries[round]!.input };
    // an unmeasured call first, so that both measured calls find the text in the server's cache
    await catalog.call({ query: PLAIN_QUERY, variables });
    const plain = await timed(() => catalog.call({ query: PLAIN_QUERY, variables }));
    const withOutfits = await timed(() => catalog.call({ query: WITH_OUTFITS_QUERY, variables }));
    if (round >= WARM_UP) added.push(withOutfits - plain);
  }
  added.sort((a, b) => a - b);
  if (added.length > 0) sheet.note(`three outfits add p50 ${quantile(added, 0.5).toFixed(1)} ms over HTTP; not stored`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
