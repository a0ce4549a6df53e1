// Do words find pictures? Category words, titles and descriptions against a catalog of pictures, in both languages.
import { categoryAsks, templateAsks, titleAsks, type Ask, type AskSource, type Wording } from './sample.queries.js';
import { precisionsOf, type Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { LANGUAGE_NAMES, LANGUAGES } from './lexicon.js';

/** One way of asking in words; `name` and `label` of its figures by whether the words are held out. */
interface Way {
  asks: (source: AskSource, wording: Wording) => Ask[];
  name: (language: string, heldOut: boolean) => string;
  label: string;
  heldOut: string;
  /** Of Chinese ÷ English. */
  ratioName: string;
}

const WAYS: Way[] = [
  {
    asks: categoryAsks,
    name: (language, heldOut) => `categoryWords.p10.${language}${heldOut ? '.unseen' : ''}`,
    label: 'category words → picture, P@10',
    heldOut: 'synonyms never trained on',
    ratioName: 'zhToEn.categoryWords',
  },
  {
    asks: templateAsks,
    name: (language, heldOut) => `templateWords.np10.${language}.${heldOut ? 'unseen' : 'seen'}`,
    label: 'descriptions → picture, nP@10',
    heldOut: 'templates never trained on',
    ratioName: 'zhToEn.templateWords',
  },
];

export async function measureWords(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  for (const way of WAYS) {
    for (const heldOut of [false, true]) await measureWay(evaluation, sheet, { way, heldOut });
  }
  const found = await precisionsOf(evaluation.catalog, titleAsks(evaluation));
  sheet.mean(['title.r10', 'title → its own picture, R@10'], found);
}

async function measureWay(
  evaluation: Evaluation,
  sheet: FigureSheet,
  { way, heldOut }: { way: Way; heldOut: boolean },
): Promise<void> {
  const label = heldOut ? `${way.label}, ${way.heldOut}` : way.label;
  const found: Record<string, number[]> = {};
  for (const language of LANGUAGES) {
    found[language] = await precisionsOf(evaluation.catalog, way.asks(evaluation, { language, heldOut }));
    sheet.mean([way.name(language, heldOut), `${label}, ${LANGUAGE_NAMES[language]}`], found[language]);
  }
  const name = heldOut ? `${way.ratioName}.unseen` : way.ratioName;
  sheet.ratio([name, `${label}, Chinese ÷ English`], found['zh']!, found['en']!);
}
