// Fusion figures: every fusion method of the bundle and the baselines, on the same requests in one run.
import { seededRandom } from '../../src/domain/shared/random.js';
import {
  categoryQueries,
  describedQueries,
  pictureQueries,
  colorSwapQueries,
  titleQueries,
  type SampleQuery,
  type QuerySource,
} from './sample.queries.js';
import { precisionsAt10, type Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import {
  randomRanker,
  colorHistogramRanker,
  fullText,
  pictureOnly,
  plainSum,
  servedRanker,
  vectorsOnly,
  textOnly,
  type Ranker,
} from './rankers.js';

interface Task {
  name: string;
  label: string;
  queries: SampleQuery[];
}

export async function measureFusion(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const tasks = tasksOf(evaluation);
  for (const ranker of rankersOf(evaluation)) {
    for (const { name, label, queries } of tasks) {
      const acceptedQueries = queries.filter(ranker.accepts);
      if (acceptedQueries.length === 0) continue;
      const precisions = precisionsAt10(await ranker.rank(acceptedQueries), acceptedQueries);
      sheet.mean([`${ranker.name}.${name}`, `${ranker.label}: ${label}`], precisions, [ranker.label, label]);
    }
  }
}

function tasksOf(source: QuerySource): Task[] {
  const plain = { language: 'en', heldOut: false } as const;
  return [
    { name: 'categoryWords', label: 'category words', queries: categoryQueries(source, plain) },
    { name: 'title', label: 'title', queries: titleQueries(source) },
    { name: 'sameTypeColour', label: 'picture', queries: pictureQueries(source) },
    { name: 'composed', label: 'picture, in red', queries: colorSwapQueries(source, plain) },
    { name: 'described', label: 'picture, described', queries: describedQueries(source) },
  ];
}

function rankersOf({ index: { products }, catalog, pictures }: Evaluation): Ranker[] {
  const { encoders } = catalog.app.own;
  const { fusion } = encoders.bundle.manifest;
  return [
    ...fusion.methods.map((method) => servedRanker(catalog, method, method === fusion.default)),
    ...fusion.methods.map((method) => vectorsOnly({ encoders, products, pictures }, method)),
    plainSum(catalog),
    textOnly(catalog),
    pictureOnly(catalog),
    fullText(catalog, products),
    colorHistogramRanker(products),
    randomRanker(products, seededRandom(2)),
  ];
}
