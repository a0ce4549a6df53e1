// Robustness figures: predictions of the head on disturbed pictures against the undisturbed pictures of the same rows.
// Uses pictures of 168 × 224. In thumbnails of 60 × 80 any mask includes JPEG artifacts around the garment, and 48 px
// is hardly smaller than 60.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../src/domain/shared/random.js';
import { openPicture } from '../../src/pictures/picture.js';
import { DISTURBANCES, type Disturbance } from './disturbances.js';
import type { Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { hits, OUTPUTS, classifyAll, type ClassifiedProduct } from './head.outputs.js';
import { sampled } from './product.index.js';
import { readProducts, type Product } from './split.reader.js';

const MAX_PICTURES = 600;
const SAMPLE_SEED = 20;
/** Measured outputs with the headings of their columns. */
const MEASURED = { garmentType: 'ten types', category: 'category' };

export async function measureRobustness(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const { folder, split, limit, sample, catalog } = evaluation;
  const file = `fashion-products-hires-${split}.tar`;
  if (!existsSync(join(folder, file))) return sheet.note(`Left out: ${file} is missing.`);
  const all = await readProducts(join(folder, file), limit);
  const products = sampled(all, Math.min(sample, MAX_PICTURES), seededRandom(SAMPLE_SEED));
  const plain = await classifyAll(catalog, products, ({ picture }) => ({ picture }));
  for (const disturbance of DISTURBANCES) {
    const worse = await disturbed(products, disturbance);
    const undisturbed = plain.filter(({ product }) => worse.has(product));
    const afterwards = await classifyAll(catalog, [...worse.keys()], (product) => ({ picture: worse.get(product) }));
    compare(sheet, disturbance, undisturbed, afterwards);
    if (undisturbed.length < plain.length) {
      sheet.note(
        `${disturbance.label}: ${undisturbed.length} of ${plain.length} pictures; the disturbance does not apply to the others`,
      );
    }
  }
}

/**
 * Returns the disturbed pictures in the order of the products, without those that the disturbance cannot be applied to.
 */
async function disturbed(products: readonly Product[], { apply }: Disturbance): Promise<Map<Product, Uint8Array>> {
  const disturbedPictures = new Map<Product, Uint8Array>();
  for (const [i, product] of products.entries()) {
    const { pixels } = await openPicture(product.picture);
    const picture = await apply(pixels, seededRandom(i));
    if (picture) disturbedPictures.set(product, picture);
  }
  return disturbedPictures;
}

function compare(
  sheet: FigureSheet,
  { name, label }: Disturbance,
  plain: ClassifiedProduct[],
  worse: ClassifiedProduct[],
): void {
  for (const [output, column] of Object.entries(MEASURED)) {
    const [before, after] = [hits(plain, OUTPUTS[output]!), hits(worse, OUTPUTS[output]!)];
    const figure = `robustness.${name}.${output}`;
    sheet.mean([figure, `${column}, ${label}`], after, [label, column]);
    sheet.mean([`${figure}.undisturbed`, '… undisturbed'], before, [label, `${column}, undisturbed`]);
    sheet.gain([`${figure}.lost`, '… lost'], before, after, [label, `${column}, lost`]);
  }
}
