// Trust figures: text wins against a contradicting picture, and unanswerable requests have status WEAK.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/config.js';
import { seededRandom } from '../../src/domain/shared/random.js';
import type { GarmentType } from '../../src/domain/catalog/garment.js';
import {
  describedQueries,
  pictureQueries,
  colorSwapQueries,
  templateQueries,
  type SampleQuery,
} from './sample.queries.js';
import { recommendationsFor, shares, type Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { LANGUAGES, type Language } from './lexicon.js';
import { PhraseMaker } from './phrase.maker.js';
import { sampled, type ProductIndex } from './product.index.js';
import { ServedCatalog, type Recommendation, type RecommendRequest } from './served.catalog.js';

const CONTRADICTIONS = 300;
/** Maximum number of good requests of each kind and language. */
const GOOD_REQUESTS = 300;
/** Used neither for training nor for choosing the thresholds. */
const NONSENSE_FILE = join(PROJECT_ROOT, 'models', 'evaluation', 'nonsense.json');

export async function measureTrust(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  await measureContradictions(evaluation, sheet);
  await measureWeakness(evaluation, sheet);
}

/** Measures requests with a picture of shoes, for example, and the text "red dress": the text names the wanted type. */
async function measureContradictions({ index, sample, catalog }: Evaluation, sheet: FigureSheet): Promise<void> {
  const cases = contradictions(index, Math.min(sample, CONTRADICTIONS));
  const recommendations = await catalog.recommendEach(cases.map(({ request }) => request));
  const types = new Map(index.products.map(({ sku, garmentType }) => [sku, garmentType]));
  const isUnderstood = (recommendation: Recommendation, i: number): boolean =>
    recommendation.detectedType === cases[i]!.wantedType;
  const isFirst = ({ skus }: Recommendation, i: number): boolean => types.get(skus[0] ?? '') === cases[i]!.wantedType;
  sheet.mean(
    ['contradiction.understood', 'picture of one type, text for another: the type of the text is recognized'],
    shares(recommendations.map(isUnderstood)),
  );
  sheet.mean(['contradiction.top1', '… and the first garment has it'], shares(recommendations.map(isFirst)));
}

function contradictions(index: ProductIndex, count: number): { request: RecommendRequest; wantedType: GarmentType }[] {
  const random = seededRandom(9);
  const maker = new PhraseMaker(random);
  const typedProducts = index.labeled().filter(({ garmentType }) => garmentType !== null);
  return sampled(typedProducts, count, random).flatMap((shown) => {
    const others = typedProducts.filter(({ garmentType }) => garmentType !== shown.garmentType);
    if (others.length === 0) return [];
    const wanted = random.pick(others);
    const phrase = maker.fill('{c} {t}', wanted, 'en');
    if (!phrase) return [];
    const request = { text: phrase.text, picture: shown.picture, ignoredSku: shown.sku };
    return [{ request, wantedType: wanted.garmentType! }];
  });
}

/**
 * Measures the shares of WEAK recommendations. The status depends on the similarity to a garment's text and picture, so
 * this catalog has the products' titles. No request is a title.
 */
async function measureWeakness(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const nonsense = JSON.parse(readFileSync(NONSENSE_FILE, 'utf8')) as Record<Language, string[]>;
  const texts = LANGUAGES.flatMap((language) => nonsense[language]);
  const titled = await ServedCatalog.open(evaluation.index.products, ({ title }) => ({ title }));
  try {
    const nonsenseResults = await titled.recommendEach(texts.map((text) => ({ text })));
    sheet.mean(['weak.nonsense', 'nonsense with status WEAK (1 is best)'], isWeak(nonsenseResults));
    for (const [name, { label, queries }] of Object.entries(goodRequests(evaluation))) {
      const goodResults = await recommendationsFor(titled, queries);
      sheet.mean([`weak.good.${name}`, `good requests with status WEAK: ${label} (0 is best)`], isWeak(goodResults));
    }
  } finally {
    await titled.close();
  }
}

function goodRequests({ index, sample }: Evaluation): Record<string, { label: string; queries: SampleQuery[] }> {
  const source = { index, sample: Math.min(sample, GOOD_REQUESTS) };
  return {
    words: {
      label: 'descriptions',
      queries: LANGUAGES.flatMap((language) => templateQueries(source, { language, heldOut: true })),
    },
    picture: { label: 'pictures', queries: pictureQueries(source) },
    changed: {
      label: 'pictures with a new color',
      queries: LANGUAGES.flatMap((language) => colorSwapQueries(source, { language, heldOut: false })),
    },
    described: { label: 'pictures with their descriptions', queries: describedQueries(source) },
  };
}

function isWeak(recommendations: readonly Recommendation[]): number[] {
  return shares(recommendations.map(({ status }) => status === 'WEAK'));
}
