// What do the parts bring? Every fusion method that the bundle offers beside baselines, on the same requests in the same run.
import { seededRandom } from '../../src/domain/shared/random.js';
import {
  categoryAsks,
  describedAsks,
  pictureAsks,
  swapAsks,
  titleAsks,
  type Ask,
  type AskSource,
} from './sample.queries.js';
import { precisionsAt10, type Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import {
  chance,
  colorsAlone,
  fullText,
  pictureOnly,
  plainSum,
  servedBy,
  vectorsAlone,
  wordsOnly,
  type Ranker,
} from './rankers.js';

interface Task {
  name: string;
  label: string;
  asks: Ask[];
}

export async function measureFusion(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const tasks = tasksOf(evaluation);
  for (const ranker of rankersOf(evaluation)) {
    for (const { name, label, asks } of tasks) {
      const taken = asks.filter(ranker.takes);
      if (taken.length === 0) continue;
      const precisions = precisionsAt10(await ranker.rank(taken), taken);
      sheet.mean([`${ranker.name}.${name}`, `${ranker.label}: ${label}`], precisions, [ranker.label, label]);
    }
  }
}

function tasksOf(source: AskSource): Task[] {
  const plain = { language: 'en', heldOut: false } as const;
  return [
    { name: 'categoryWords', label: 'category words', asks: categoryAsks(source, plain) },
    { name: 'title', label: 'title', asks: titleAsks(source) },
    { name: 'sameTypeColour', label: 'picture', asks: pictureAsks(source) },
    { name: 'composed', label: 'picture, in red', asks: swapAsks(source, plain) },
    { name: 'described', label: 'picture, described', asks: describedAsks(source) },
  ];
}

function rankersOf({ index: { products }, catalog, pictures }: Evaluation): Ranker[] {
  const { encoders } = catalog.app.own;
  const { fusion } = encoders.bundle.manifest;
  return [
    ...fusion.methods.map((method) => servedBy(catalog, method, method === fusion.default)),
    ...fusion.methods.map((method) => vectorsAlone({ encoders, products, pictures }, method)),
    plainSum(catalog),
    wordsOnly(catalog),
    pictureOnly(catalog),
    fullText(catalog, products),
    colorsAlone(products),
    chance(products, seededRandom(2)),
  ];
}
