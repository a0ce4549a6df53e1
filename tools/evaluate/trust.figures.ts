// Can its answers be trusted? Words that contradict a picture win, and the server says where it has no good answer.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/config.js';
import { seededRandom } from '../../src/domain/shared/random.js';
import type { GarmentType } from '../../src/domain/catalog/garment.js';
import { describedAsks, pictureAsks, swapAsks, templateAsks, type Ask } from './sample.queries.js';
import { answersOf, shares, type Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { LANGUAGES, type Language } from './lexicon.js';
import { PhraseMaker } from './phrase.maker.js';
import { sampled, type ProductIndex } from './product.index.js';
import { ServedCatalog, type Answer, type Wish } from './served.catalog.js';

const CONTRADICTIONS = 300;
/** Requests of each kind and language that are looked at for being called weak. */
const GOOD_REQUESTS = 300;
/** Neither trained on nor used for choosing the thresholds. */
const NONSENSE_FILE = join(PROJECT_ROOT, 'models', 'evaluation', 'nonsense.json');

export async function measureTrust(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  await measureContradictions(evaluation, sheet);
  await measureWeakness(evaluation, sheet);
}

/** A photo of shoes and "red dress": a dress is meant. */
async function measureContradictions({ index, sample, catalog }: Evaluation, sheet: FigureSheet): Promise<void> {
  const asked = contradictions(index, Math.min(sample, CONTRADICTIONS));
  const answers = await catalog.recommendEach(asked.map(({ wish }) => wish));
  const types = new Map(index.products.map(({ sku, garmentType }) => [sku, garmentType]));
  const meant = (answer: Answer, i: number): boolean => answer.meantType === asked[i]!.named;
  const first = ({ skus }: Answer, i: number): boolean => types.get(skus[0] ?? '') === asked[i]!.named;
  sheet.mean(
    ['contradiction.understood', 'picture of one type, words for another: the words’ type is understood'],
    shares(answers.map(meant)),
  );
  sheet.mean(['contradiction.top1', '… and the first garment is of it'], shares(answers.map(first)));
}

function contradictions(index: ProductIndex, count: number): { wish: Wish; named: GarmentType }[] {
  const random = seededRandom(9);
  const maker = new PhraseMaker(random);
  const tryable = index.labelled().filter(({ garmentType }) => garmentType !== null);
  return sampled(tryable, count, random).flatMap((shown) => {
    const others = tryable.filter(({ garmentType }) => garmentType !== shown.garmentType);
    if (others.length === 0) return [];
    const said = random.pick(others);
    const phrase = maker.fill('{c} {t}', said, 'en');
    if (!phrase) return [];
    const wish = { text: phrase.text, picture: shown.picture, leaveOut: shown.sku };
    return [{ wish, named: said.garmentType! }];
  });
}

/**
 * What is weak is decided by the likeness to a garment's words and picture, so the catalog has its merchants' titles here.
 * No request is a title.
 */
async function measureWeakness(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const nonsense = JSON.parse(readFileSync(NONSENSE_FILE, 'utf8')) as Record<Language, string[]>;
  const texts = LANGUAGES.flatMap((language) => nonsense[language]);
  const titled = await ServedCatalog.open(evaluation.index.products, ({ title }) => ({ title }));
  try {
    const answers = await titled.recommendEach(texts.map((text) => ({ text })));
    sheet.mean(['weak.nonsense', 'nonsense that is called WEAK (1 is best)'], weak(answers));
    for (const [name, { label, asks }] of Object.entries(goodRequests(evaluation))) {
      const answered = await answersOf(titled, asks);
      sheet.mean([`weak.good.${name}`, `good requests that are called WEAK: ${label} (0 is best)`], weak(answered));
    }
  } finally {
    await titled.close();
  }
}

function goodRequests({ index, sample }: Evaluation): Record<string, { label: string; asks: Ask[] }> {
  const source = { index, sample: Math.min(sample, GOOD_REQUESTS) };
  return {
    words: {
      label: 'descriptions',
      asks: LANGUAGES.flatMap((language) => templateAsks(source, { language, heldOut: true })),
    },
    picture: { label: 'pictures', asks: pictureAsks(source) },
    changed: {
      label: 'pictures with a new colour',
      asks: LANGUAGES.flatMap((language) => swapAsks(source, { language, heldOut: false })),
    },
    described: { label: 'pictures with words for them', asks: describedAsks(source) },
  };
}

function weak(answers: readonly Answer[]): number[] {
  return shares(answers.map(({ status }) => status === 'WEAK'));
}
