// Do pictures find their like? A picture against a catalog of pictures, and words that change it.
import { ownColorAsks, pictureAsks, picturesOf, swapAsks, wordsOf, describedAsks, type Ask } from './sample.queries.js';
import { answersOf, precisionsOf, shares, type Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { LANGUAGE_NAMES, LANGUAGES } from './lexicon.js';
import type { ProductIndex } from './product.index.js';
import type { Answer } from './served.catalog.js';

const PHRASES = { en: '"in red"', zh: '"换成红色"' };

export async function measurePictures(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const label = 'picture → same category and colour, nP@10';
  sheet.mean(['sameTypeColour.np10.picture', label], await precisionsOf(evaluation.catalog, pictureAsks(evaluation)));
}

/** The picture gives the kind, the words the colour. */
export async function measureComposed(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const { index, catalog } = evaluation;
  for (const heldOut of [false, true]) {
    const [suffix, also] = heldOut ? ['.unseen', ', phrases never trained on'] : ['', ''];
    const found: Record<string, number[]> = {};
    for (const language of LANGUAGES) {
      const asks = swapAsks(evaluation, { language, heldOut });
      const named = `picture + ${PHRASES[language]} → its category in red, nP@10${also}`;
      found[language] = await precisionsOf(catalog, asks);
      sheet.mean([`composed.np10.${language}${suffix}`, named], found[language]);
      if (heldOut) continue;
      const kept = keepsType(asks, await answersOf(catalog, asks), index);
      sheet.mean(
        [`composed.top1KeepsType.${language}`, `… the first one keeps the type, ${LANGUAGE_NAMES[language]}`],
        kept,
      );
    }
    sheet.ratio([`zhToEn.composed${suffix}`, `… Chinese ÷ English${also}`], found['zh']!, found['en']!);
  }
  await measureAlone(evaluation, sheet);
  await measureOwnColor(evaluation, sheet);
}

async function measureAlone(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const { catalog } = evaluation;
  const asks = swapAsks(evaluation, { language: 'en', heldOut: false });
  const both = await precisionsOf(catalog, asks);
  const picture = await precisionsOf(catalog, picturesOf(asks));
  const words = await precisionsOf(catalog, wordsOf(asks));
  sheet.mean(['composed.np10.pictureAlone', '… the picture alone'], picture);
  sheet.mean(['composed.np10.wordsAlone', '… the words alone'], words);
  sheet.gain(['composed.gain', '… both above the better of them'], both, better(picture, words));
}

async function measureOwnColor(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const { catalog } = evaluation;
  const asks = ownColorAsks(evaluation);
  const both = await precisionsOf(catalog, asks);
  const picture = await precisionsOf(catalog, picturesOf(asks));
  sheet.mean(['composed.ownColor.np10', 'picture + its own colour → same category and colour, nP@10'], both);
  sheet.gain(['composed.ownColor.gain', '… above the picture alone (must not hurt)'], both, picture);
}

export async function measureDescribed(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const { catalog } = evaluation;
  const asks = describedAsks(evaluation);
  const both = await precisionsOf(catalog, asks);
  const words = await precisionsOf(catalog, wordsOf(asks));
  const picture = await precisionsOf(catalog, picturesOf(asks));
  sheet.mean(['described.np10.both', 'picture + words for it → same category and colour, nP@10'], both);
  sheet.mean(['described.np10.words', '… the words alone'], words);
  sheet.mean(['described.np10.picture', '… the picture alone'], picture);
  sheet.gain(['described.gain', '… both above the better of them'], both, better(words, picture));
}

/** Whether the first garment is of the type that the picture shows. */
function keepsType(asks: readonly Ask[], answers: readonly Answer[], { products }: ProductIndex): number[] {
  const types = new Map(products.map(({ sku, garmentType }) => [sku, garmentType]));
  return shares(answers.map(({ skus }, i) => types.get(skus[0] ?? '') === asks[i]!.about!.garmentType));
}

function better(a: number[], b: number[]): number[] {
  const total = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);
  return total(a) >= total(b) ? a : b;
}
