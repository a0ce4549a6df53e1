// Garments of a panel: a split, each garment with its largest available picture.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readProducts, requireDataFile, type Product, type SplitName } from '../evaluate/split.reader.js';

/** Reads the garments of the split. @throws CannotRun if the split is missing */
export async function panelProducts(folder: string, split: SplitName, limit = Infinity): Promise<Product[]> {
  const products = await readProducts(requireDataFile(folder, `fashion-products-${split}.tar`));
  const hires = join(folder, `fashion-products-hires-${split}.tar`);
  const larger = existsSync(hires) ? await readProducts(hires) : [];
  const pictures = new Map(larger.map(({ sku, picture }) => [sku, picture]));
  const best = products.map((product) => ({ ...product, picture: pictures.get(product.sku) ?? product.picture }));
  return best.slice(0, limit);
}
