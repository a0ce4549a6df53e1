// Diversity figures: distance and precision of the first ten with `diversity` ½ against 0.
import { dot } from '../../src/domain/recommend/fusion.js';
import {
  categoryQueries,
  pictureQueries,
  colorSwapQueries,
  templateQueries,
  type SampleQuery,
  type QuerySource,
} from './sample.queries.js';
import { recommendationsFor, precisionsAt10, type Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { meanOf } from './statistics.js';

const DIVERSITY = 0.5;

interface Kind {
  name: string;
  label: string;
  queries: SampleQuery[];
}

export async function measureDiversity(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const { catalog, index, pictures } = evaluation;
  const vectors = await pictures.ofAll(index.products);
  const vectorOf = new Map(index.products.map(({ sku }, i) => [sku, vectors[i]!]));
  for (const { name, label, queries } of kindsOf(evaluation)) {
    const [plain, varied] = [
      await recommendationsFor(catalog, queries),
      await recommendationsFor(catalog, queries, { diversity: DIVERSITY }),
    ];
    const distances = (recommendations: typeof plain): number[] =>
      recommendations.map(({ skus }) => meanDistance(skus.map((sku) => vectorOf.get(sku)!)));
    const precisions = (recommendations: typeof plain): number[] =>
      precisionsAt10(
        recommendations.map(({ skus }) => skus),
        queries,
      );
    sheet.ratio(
      [`diversity.distance.${name}`, `${label}: distance among the first ten, with ÷ without diversity`],
      distances(varied),
      distances(plain),
    );
    sheet.ratio(
      [`diversity.relevance.${name}`, '… nP@10, with ÷ without diversity'],
      precisions(varied),
      precisions(plain),
    );
    if (plain.length > 0) sheet.note(`${label}: nP@10 ${meanOf(precisions(plain)).value.toFixed(3)} without diversity`);
  }
}

function kindsOf(source: QuerySource): Kind[] {
  const plain = { language: 'en', heldOut: false } as const;
  return [
    { name: 'categoryWords', label: 'category words', queries: categoryQueries(source, plain) },
    { name: 'templateWords', label: 'descriptions', queries: templateQueries(source, { ...plain, heldOut: true }) },
    { name: 'picture', label: 'a picture', queries: pictureQueries(source) },
    { name: 'composed', label: 'a picture, in red', queries: colorSwapQueries(source, plain) },
  ];
}

/** Returns the mean of 1 − cosine over all pairs, or 0 for fewer than two vectors. */
function meanDistance(vectors: readonly Float32Array[]): number {
  const distances = vectors.flatMap((a, i) => vectors.slice(i + 1).map((b) => 1 - dot(a, b)));
  return distances.reduce((sum, distance) => sum + distance, 0) / Math.max(1, distances.length);
}
