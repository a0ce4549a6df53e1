// Owns the flow of one evaluation: a served catalog of the split, the questions one after the other, their tables.
import { ProductIndex } from './product.index.js';
import type { Evaluation, Measure } from './evaluation.js';
import { measureConfidence } from './confidence.figures.js';
import { measureDiversity } from './diversity.figures.js';
import { FigureSheet } from './figure.sheet.js';
import { measureFusion } from './fusion.figures.js';
import type { GroupName } from './group.names.js';
import { measureHead } from './head.figures.js';
import { measureLatency } from './latency.figures.js';
import { measureOutfits } from './outfit.figures.js';
import { measureComposed, measureDescribed, measurePictures } from './picture.figures.js';
import { PictureVectors } from './picture.vectors.js';
import { measureQueries } from './query.figures.js';
import { measureRobustness } from './robustness.figures.js';
import { ServedCatalog } from './served.catalog.js';
import { readProducts, requireDataFile, type SplitName } from './split.reader.js';
import { measureTrust } from './trust.figures.js';
import { measureWords } from './words.figures.js';

const GROUPS: Record<GroupName, { question: string; measure: Measure }> = {
  head: { question: 'What is in the picture?', measure: measureHead },
  words: { question: 'Do words find pictures?', measure: measureWords },
  queries: { question: 'Do hand-written words find pictures?', measure: measureQueries },
  pictures: { question: 'Do pictures find their like?', measure: measurePictures },
  composed: { question: 'Do words change a picture?', measure: measureComposed },
  described: { question: 'Are words and picture more than either?', measure: measureDescribed },
  diversity: { question: 'What does diversity bring, and what does it cost?', measure: measureDiversity },
  trust: { question: 'Can its answers be trusted?', measure: measureTrust },
  confidence: { question: 'Does it know when it has no good answer?', measure: measureConfidence },
  robustness: { question: 'Does it see the same in a worse picture?', measure: measureRobustness },
  fusion: { question: 'What do the parts bring? (P@10, nP@10; a title: R@10)', measure: measureFusion },
  outfits: { question: 'Do looks hold what they promise?', measure: measureOutfits },
  latency: { question: 'How long does it take?', measure: measureLatency },
};

export interface RunOptions extends Pick<Evaluation, 'folder' | 'split' | 'limit' | 'sample' | 'queriesFile'> {
  groups: readonly GroupName[];
  /** Told what happens next. */
  onStep: (step: string) => void;
  /** Told of each question when it is answered. */
  onSheet: (sheet: FigureSheet) => void;
}

export interface EvaluationResult {
  model: string;
  /** ISO 8601; null where the bundle does not say. */
  trainedAt: string | null;
  bundleDir: string;
  garments: number;
  sheets: FigureSheet[];
}

/**
 * Measures the running model through the API.
 * @throws CannotRun where the data is missing or not of its shape
 */
export async function evaluate(options: RunOptions): Promise<EvaluationResult> {
  const { folder, split, limit, sample, queriesFile } = options;
  const products = await readProducts(requireDataFile(folder, fileOf(split)), limit);
  options.onStep(`starting a server for ${products.length} garments`);
  const catalog = await ServedCatalog.open(products);
  try {
    const pictures = new PictureVectors(catalog.app.own.encoders);
    const index = new ProductIndex(products);
    const evaluation = { folder, split, limit, sample, queriesFile, catalog, pictures, index };
    const sheets: FigureSheet[] = [];
    for (const name of options.groups) {
      const { question, measure } = GROUPS[name];
      options.onStep(question);
      const sheet = new FigureSheet(question, split === 'val' ? '.val' : '');
      await measure(evaluation, sheet);
      sheets.push(sheet);
      options.onSheet(sheet);
    }
    const { bundle } = catalog.app.own.encoders;
    const trainedAt = bundle.manifest.trainedAt ?? null;
    return { model: bundle.id, trainedAt, bundleDir: bundle.dir, garments: products.length, sheets };
  } finally {
    await catalog.close();
  }
}

function fileOf(split: SplitName): string {
  return `fashion-products-${split}.tar`;
}
