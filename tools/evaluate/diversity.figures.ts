// What does diversity bring, and what does it cost? The same requests with `diversity` 0 and ½: how far apart the first ten are,
// and how many of them are right.
import { dot } from '../../src/domain/recommend/fusion.js';
import { categoryAsks, pictureAsks, swapAsks, templateAsks, type Ask, type AskSource } from './sample.queries.js';
import { answersOf, precisionsAt10, type Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { meanOf } from './statistics.js';

const DIVERSITY = 0.5;

interface Kind {
  name: string;
  label: string;
  asks: Ask[];
}

export async function measureDiversity(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const { catalog, index, pictures } = evaluation;
  const vectors = await pictures.ofAll(index.products);
  const vectorOf = new Map(index.products.map(({ sku }, i) => [sku, vectors[i]!]));
  for (const { name, label, asks } of kindsOf(evaluation)) {
    const [plain, varied] = [await answersOf(catalog, asks), await answersOf(catalog, asks, { diversity: DIVERSITY })];
    const apart = (answers: typeof plain): number[] =>
      answers.map(({ skus }) => meanDistance(skus.map((sku) => vectorOf.get(sku)!)));
    const right = (answers: typeof plain): number[] =>
      precisionsAt10(
        answers.map(({ skus }) => skus),
        asks,
      );
    sheet.ratio(
      [`diversity.distance.${name}`, `${label}: distance among the first ten ÷ without`],
      apart(varied),
      apart(plain),
    );
    sheet.ratio([`diversity.relevance.${name}`, '… nP@10 ÷ without'], right(varied), right(plain));
    if (plain.length > 0) sheet.note(`${label}: nP@10 ${meanOf(right(plain)).value.toFixed(3)} without`);
  }
}

function kindsOf(source: AskSource): Kind[] {
  const plain = { language: 'en', heldOut: false } as const;
  return [
    { name: 'categoryWords', label: 'category words', asks: categoryAsks(source, plain) },
    { name: 'templateWords', label: 'descriptions', asks: templateAsks(source, { ...plain, heldOut: true }) },
    { name: 'picture', label: 'a picture', asks: pictureAsks(source) },
    { name: 'composed', label: 'a picture, in red', asks: swapAsks(source, plain) },
  ];
}

/** Mean of 1 − cosine over all pairs; 0 of fewer than two. */
function meanDistance(vectors: readonly Float32Array[]): number {
  const distances = vectors.flatMap((a, i) => vectors.slice(i + 1).map((b) => 1 - dot(a, b)));
  return distances.reduce((sum, distance) => sum + distance, 0) / Math.max(1, distances.length);
}
