// Does the head see the same in a worse picture? Each disturbance beside the undisturbed pictures of the same rows.
//
// The pictures are those of 168 × 224: in a thumbnail of 60 × 80 JPEG's rings about a garment are part of any mask, and 48 px
// is hardly smaller.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../src/domain/shared/random.js';
import { openPicture } from '../../src/pictures/picture.js';
import { DISTURBANCES, type Disturbance } from './disturbances.js';
import type { Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { hits, OUTPUTS, seenBy, type Seen } from './head.outputs.js';
import { sampled } from './product.index.js';
import { readProducts, type Product } from './split.reader.js';

const MOST_PICTURES = 600;
const SAMPLE_SEED = 20;
/** The outputs that are looked at, by what their columns are called. */
const MEASURED = { garmentType: 'ten types', category: 'category' };

export async function measureRobustness(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const { folder, split, limit, sample, catalog } = evaluation;
  const file = `fashion-products-hires-${split}.tar`;
  if (!existsSync(join(folder, file))) return sheet.note(`Left out: ${file} is missing.`);
  const all = await readProducts(join(folder, file), limit);
  const products = sampled(all, Math.min(sample, MOST_PICTURES), seededRandom(SAMPLE_SEED));
  const plain = await seenBy(catalog, products, ({ picture }) => ({ picture }));
  for (const disturbance of DISTURBANCES) {
    const worse = await disturbed(products, disturbance);
    const kept = plain.filter(({ product }) => worse.has(product));
    const seen = await seenBy(catalog, [...worse.keys()], (product) => ({ picture: worse.get(product) }));
    compare(sheet, disturbance, kept, seen);
    if (kept.length < plain.length) {
      sheet.note(
        `${disturbance.label}: ${kept.length} of ${plain.length} pictures; the others do not lend themselves to it`,
      );
    }
  }
}

/** The pictures that can be, in the products' order. */
async function disturbed(products: readonly Product[], { apply }: Disturbance): Promise<Map<Product, Uint8Array>> {
  const found = new Map<Product, Uint8Array>();
  for (const [i, product] of products.entries()) {
    const { pixels } = await openPicture(product.picture);
    const picture = await apply(pixels, seededRandom(i));
    if (picture) found.set(product, picture);
  }
  return found;
}

function compare(sheet: FigureSheet, { name, label }: Disturbance, plain: Seen[], worse: Seen[]): void {
  for (const [output, column] of Object.entries(MEASURED)) {
    const [before, after] = [hits(plain, OUTPUTS[output]!), hits(worse, OUTPUTS[output]!)];
    const figure = `robustness.${name}.${output}`;
    sheet.mean([figure, `${column}, ${label}`], after, [label, column]);
    sheet.mean([`${figure}.undisturbed`, '… undisturbed'], before, [label, `${column}, undisturbed`]);
    sheet.gain([`${figure}.lost`, '… lost'], before, after, [label, `${column}, lost`]);
  }
}
