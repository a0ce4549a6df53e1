// Do looks hold what they promise? A catalog with its merchants' facts, prices, and garments that are sold out, hidden or deleted;
// each answer's looks are audited against the labels.
import { merchantOf } from './outfit.catalog.js';
import { auditLooks, VIOLATIONS, type AuditedLook, type Finding, type Violation } from './outfit.audit.js';
import { CURRENCY, lookAsks, type LookAsk } from './outfit.queries.js';
import type { Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { ServedCatalog } from './served.catalog.js';
import { quantile } from './statistics.js';
import { CallRefused } from '../../src/cli/api.client.js';

const REQUESTS = 200;
/** Findings that are shown in words. */
const SHOWN = 12;

const ASK = `query Looks($input: RecommendOutfitInput!, $first: Int, $keep: [String!], $budget: MoneyInput) {
  recommendOutfit(input: $input) {
    status
    outfits(first: $first, keepSkus: $keep, budget: $budget) {
      weakestLink
      pieces { slot garment { sku title price { amount currency } } }
    }
    outfitShortfall(first: $first, keepSkus: $keep, budget: $budget) { code message }
  }
}`;
const PLAIN = `query Plain($input: RecommendOutfitInput!) { recommendOutfit(input: $input) { id status } }`;
const WITH_LOOKS = `query WithLooks($input: RecommendOutfitInput!) {
  recommendOutfit(input: $input) { id status outfits(first: 3) { score pieces { slot garment { sku } } } }
}`;

interface Answered {
  looks: AuditedLook[];
  /** Why there are fewer than asked for, as the server says it; null: it says nothing. */
  why: string | null;
}

export async function measureOutfits({ index, sample }: Evaluation, sheet: FigureSheet): Promise<void> {
  const { factsOf, withdraw, gone } = merchantOf(index.products);
  const catalog = await ServedCatalog.open(index.products, factsOf);
  try {
    await withdraw(catalog);
    const asks = lookAsks(index, Math.min(sample, REQUESTS), gone);
    const answers: Answered[] = [];
    for (const ask of asks) answers.push(await answerTo(catalog, ask));
    const products = new Map(index.products.map((product) => [product.sku, product]));
    const findings = answers.map(({ looks }, i) => auditLooks(looks, { ...asks[i]!.terms, gone }, products));
    report(sheet, { asks, answers, findings });
    await measureAddedTime(catalog, asks, sheet);
  } finally {
    await catalog.close();
  }
}

async function answerTo(catalog: ServedCatalog, { input, terms }: LookAsk): Promise<Answered> {
  const budget = terms.budget === null ? undefined : { amount: String(terms.budget), currency: CURRENCY };
  const variables = { input, first: terms.first, keep: terms.keepSkus, budget };
  try {
    const { recommendOutfit } = await catalog.call<Looked>({ query: ASK, variables });
    const { outfits, outfitShortfall: shortfall } = recommendOutfit;
    const looks = outfits.map(({ weakestLink, pieces }) => ({
      weakestLink,
      pieces: pieces.map(({ slot, garment }) => ({ slot, ...garment })),
    }));
    return { looks, why: shortfall && `${shortfall.code}: ${shortfall.message}` };
  } catch (error) {
    if (error instanceof CallRefused) return { looks: [], why: `${error.code}: ${error.message}` };
    throw error;
  }
}

interface Looked {
  recommendOutfit: {
    outfits: {
      weakestLink: string | null;
      pieces: {
        slot: string;
        garment: { sku: string; title: string; price: AuditedLook['pieces'][number]['price'] };
      }[];
    }[];
    outfitShortfall: { code: string; message: string } | null;
  };
}

interface Audited {
  asks: readonly LookAsk[];
  answers: readonly Answered[];
  findings: readonly Finding[][];
}

const WORDS_FOR: Readonly<Record<Violation, string>> = {
  role: 'pieces that are not worn together or not there',
  gender: 'pieces for men beside pieces for women',
  age: 'pieces for adults beside pieces for children',
  twice: 'a garment twice in a look',
  again: 'a garment in two looks of one answer',
  kept: 'a locked piece that is missing',
  budget: 'a look above its budget',
  filter: 'a piece that the filter or what is to be avoided leaves out',
  gone: 'a piece that is sold out, hidden or deleted',
};

function report(sheet: FigureSheet, { asks, answers, findings }: Audited): void {
  const has = (i: number, violation: Violation): boolean => findings[i]!.some((one) => one.violation === violation);
  for (const violation of VIOLATIONS) {
    const values = asks.map((_, i) => Number(has(i, violation)));
    sheet.mean([`outfits.violation.${violation}`, `answers with ${WORDS_FOR[violation]} (0 is best)`], values);
  }
  const counts = answers.map(({ looks }) => looks.length);
  const short = (i: number): boolean => counts[i]! < asks[i]!.terms.first;
  sheet.mean(['outfits.looks', 'looks of an answer, of 3'], counts);
  sheet.mean(
    ['outfits.none', 'answers without a look'],
    counts.map((count) => Number(count === 0)),
  );
  const fewer = answers.filter((_, i) => short(i)).map(({ why }) => Number(why !== null));
  sheet.mean(['outfits.shortSaid', 'answers with fewer looks than asked for that say why (1 is best)'], fewer);
  for (const [code, rows] of byCode(answers.filter((_, i) => counts[i] === 0))) {
    sheet.note(`without a look, ${code}: ${rows}`);
  }
  const all = findings.flatMap((list, i) => list.map((one) => ({ ...one, said: asks[i]!.said })));
  sheet.note(`${all.length} violations in ${counts.reduce((sum, count) => sum + count, 0)} looks`);
  for (const { violation, what, said } of all.slice(0, SHOWN)) sheet.note(`${violation}: ${what}, for: ${said}`);
}

function byCode(answers: readonly Answered[]): [code: string, rows: number][] {
  const counts = new Map<string, number>();
  for (const { why } of answers) {
    const code = why?.split(':')[0] ?? 'unsaid';
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}

const WARM_UP = 10;
const ROUNDS = 60;

/** What three looks add to the same request, which both ways are asked in turn: median of the differences. */
async function measureAddedTime(catalog: ServedCatalog, asks: readonly LookAsk[], sheet: FigureSheet): Promise<void> {
  const wordy = asks.filter(({ input }) => input.text !== undefined && !input.image);
  const added: number[] = [];
  for (let round = 0; round < Math.min(wordy.length, ROUNDS + WARM_UP); round += 1) {
    const variables = { input: wordy[round]!.input };
    // both find the words in the server's cache
    await catalog.call({ query: PLAIN, variables });
    const plain = await timed(() => catalog.call({ query: PLAIN, variables }));
    const looked = await timed(() => catalog.call({ query: WITH_LOOKS, variables }));
    if (round >= WARM_UP) added.push(looked - plain);
  }
  added.sort((a, b) => a - b);
  if (added.length > 0) sheet.note(`three looks add p50 ${quantile(added, 0.5).toFixed(1)} ms over HTTP; not stored`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
