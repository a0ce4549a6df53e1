// Picture figures: a picture against a catalog of pictures, alone and with text that changes it.
import {
  ownColorQueries,
  pictureQueries,
  picturesOnly,
  colorSwapQueries,
  textsOnly,
  describedQueries,
  type SampleQuery,
} from './sample.queries.js';
import { recommendationsFor, precisionsOf, shares, type Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { LANGUAGE_NAMES, LANGUAGES } from './lexicon.js';
import type { ProductIndex } from './product.index.js';
import type { Recommendation } from './served.catalog.js';

const PHRASES = { en: '"in red"', zh: '"换成红色"' };

export async function measurePictures(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const label = 'picture → same category and color, nP@10';
  sheet.mean(
    ['sameTypeColour.np10.picture', label],
    await precisionsOf(evaluation.catalog, pictureQueries(evaluation)),
  );
}

/** Measures requests in which the picture gives the category and the text gives the color. */
export async function measureComposed(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const { index, catalog } = evaluation;
  for (const heldOut of [false, true]) {
    const [suffix, labelEnd] = heldOut ? ['.unseen', ', phrases not used in training'] : ['', ''];
    const precisions: Record<string, number[]> = {};
    for (const language of LANGUAGES) {
      const queries = colorSwapQueries(evaluation, { language, heldOut });
      const label = `picture + ${PHRASES[language]} → its category in red, nP@10${labelEnd}`;
      precisions[language] = await precisionsOf(catalog, queries);
      sheet.mean([`composed.np10.${language}${suffix}`, label], precisions[language]);
      if (heldOut) continue;
      const keptType = keepsType(queries, await recommendationsFor(catalog, queries), index);
      sheet.mean(
        [
          `composed.top1KeepsType.${language}`,
          `… the first garment has the picture's type, ${LANGUAGE_NAMES[language]}`,
        ],
        keptType,
      );
    }
    sheet.ratio([`zhToEn.composed${suffix}`, `… Chinese ÷ English${labelEnd}`], precisions['zh']!, precisions['en']!);
  }
  await measureAlone(evaluation, sheet);
  await measureOwnColor(evaluation, sheet);
}

async function measureAlone(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const { catalog } = evaluation;
  const queries = colorSwapQueries(evaluation, { language: 'en', heldOut: false });
  const both = await precisionsOf(catalog, queries);
  const picture = await precisionsOf(catalog, picturesOnly(queries));
  const text = await precisionsOf(catalog, textsOnly(queries));
  sheet.mean(['composed.np10.pictureAlone', '… the picture alone'], picture);
  sheet.mean(['composed.np10.wordsAlone', '… the text alone'], text);
  sheet.gain(['composed.gain', '… both minus the better one alone'], both, better(picture, text));
}

async function measureOwnColor(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const { catalog } = evaluation;
  const queries = ownColorQueries(evaluation);
  const both = await precisionsOf(catalog, queries);
  const picture = await precisionsOf(catalog, picturesOnly(queries));
  sheet.mean(['composed.ownColor.np10', 'picture + its own color → same category and color, nP@10'], both);
  sheet.gain(['composed.ownColor.gain', '… minus the picture alone (must not be negative)'], both, picture);
}

export async function measureDescribed(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const { catalog } = evaluation;
  const queries = describedQueries(evaluation);
  const both = await precisionsOf(catalog, queries);
  const text = await precisionsOf(catalog, textsOnly(queries));
  const picture = await precisionsOf(catalog, picturesOnly(queries));
  sheet.mean(['described.np10.both', 'picture + its description → same category and color, nP@10'], both);
  sheet.mean(['described.np10.words', '… the text alone'], text);
  sheet.mean(['described.np10.picture', '… the picture alone'], picture);
  sheet.gain(['described.gain', '… both minus the better one alone'], both, better(text, picture));
}

/** Returns 1 if the first garment has the type that the picture shows, else 0. */
function keepsType(
  queries: readonly SampleQuery[],
  recommendations: readonly Recommendation[],
  { products }: ProductIndex,
): number[] {
  const types = new Map(products.map(({ sku, garmentType }) => [sku, garmentType]));
  return shares(recommendations.map(({ skus }, i) => types.get(skus[0] ?? '') === queries[i]!.about!.garmentType));
}

function better(a: number[], b: number[]): number[] {
  const total = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);
  return total(a) >= total(b) ? a : b;
}
