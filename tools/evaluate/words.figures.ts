// Text figures: category words, titles and descriptions against a catalog of pictures, in both languages.
import {
  categoryQueries,
  templateQueries,
  titleQueries,
  type SampleQuery,
  type QuerySource,
  type Wording,
} from './sample.queries.js';
import { precisionsOf, type Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { LANGUAGE_NAMES, LANGUAGES } from './lexicon.js';

/** A kind of text request. `heldOut` is the label's suffix for texts that no training stage sees. */
interface TextKind {
  queries: (source: QuerySource, wording: Wording) => SampleQuery[];
  name: (language: string, heldOut: boolean) => string;
  label: string;
  heldOut: string;
  /** Name of the figure Chinese ÷ English. */
  ratioName: string;
}

const TEXT_KINDS: TextKind[] = [
  {
    queries: categoryQueries,
    name: (language, heldOut) => `categoryWords.p10.${language}${heldOut ? '.unseen' : ''}`,
    label: 'category words → picture, P@10',
    heldOut: 'synonyms not used in training',
    ratioName: 'zhToEn.categoryWords',
  },
  {
    queries: templateQueries,
    name: (language, heldOut) => `templateWords.np10.${language}.${heldOut ? 'unseen' : 'seen'}`,
    label: 'descriptions → picture, nP@10',
    heldOut: 'templates not used in training',
    ratioName: 'zhToEn.templateWords',
  },
];

export async function measureWords(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  for (const kind of TEXT_KINDS) {
    for (const heldOut of [false, true]) await measureKind(evaluation, sheet, { kind, heldOut });
  }
  const precisions = await precisionsOf(evaluation.catalog, titleQueries(evaluation));
  sheet.mean(['title.r10', 'title → its own picture, R@10'], precisions);
}

async function measureKind(
  evaluation: Evaluation,
  sheet: FigureSheet,
  { kind, heldOut }: { kind: TextKind; heldOut: boolean },
): Promise<void> {
  const label = heldOut ? `${kind.label}, ${kind.heldOut}` : kind.label;
  const precisions: Record<string, number[]> = {};
  for (const language of LANGUAGES) {
    precisions[language] = await precisionsOf(evaluation.catalog, kind.queries(evaluation, { language, heldOut }));
    sheet.mean([kind.name(language, heldOut), `${label}, ${LANGUAGE_NAMES[language]}`], precisions[language]);
  }
  const name = heldOut ? `${kind.ratioName}.unseen` : kind.ratioName;
  sheet.ratio([name, `${label}, Chinese ÷ English`], precisions['zh']!, precisions['en']!);
}
