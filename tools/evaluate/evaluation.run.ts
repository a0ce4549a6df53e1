// Flow of one evaluation: starts a served catalog of the split and measures one question after the other.
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
  pictures: { question: 'Do pictures find similar garments?', measure: measurePictures },
  composed: { question: 'Do words change a picture?', measure: measureComposed },
  described: { question: 'Are text and picture together better than either alone?', measure: measureDescribed },
  diversity: { question: 'What does diversity gain, and what does it cost?', measure: measureDiversity },
  trust: { question: 'Can its recommendations be trusted?', measure: measureTrust },
  confidence: { question: 'Does it know when it has no good recommendation?', measure: measureConfidence },
  robustness: { question: 'Does it recognize the same in a degraded picture?', measure: measureRobustness },
  fusion: { question: 'What does each part contribute? (P@10, nP@10; for a title R@10)', measure: measureFusion },
  outfits: { question: 'Do outfits keep their promises?', measure: measureOutfits },
  latency: { question: 'How long does it take?', measure: measureLatency },
};

export interface RunOptions extends Pick<Evaluation, 'folder' | 'split' | 'limit' | 'sample' | 'queriesFile'> {
  groups: readonly GroupName[];
  /** Called before each step. */
  onStep: (step: string) => void;
  /** Called with the figures of each question as soon as it is measured. */
  onSheet: (sheet: FigureSheet) => void;
}

export interface EvaluationResult {
  model: string;
  /** ISO 8601. Null if the bundle has no date. */
  trainedAt: string | null;
  bundleDir: string;
  garments: number;
  sheets: FigureSheet[];
}

/**
 * Measures the running model through the API.
 * @throws CannotRun if the data is missing or malformed
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
