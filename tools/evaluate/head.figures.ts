// Figures of the classifier head: accuracy, long tail, calibration, photos taken at home.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { shares, type Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { confusionsOf, hits, OUTPUTS, classifyAll, type ClassifiedProduct } from './head.outputs.js';
import type { Classification } from './served.catalog.js';
import { countCategories, readPhotos, readProducts, type Product } from './split.reader.js';

/** A category with fewer training rows belongs to the long tail. */
const TAIL_ROWS = 50;
/** Outputs whose confusions are stored, and the maximum number of confused pairs of each. */
const CONFUSION_OUTPUTS = ['category', 'color'];
const MOST_CONFUSIONS = 20;
const GARMENT_MASTERS = ['Apparel', 'Footwear'];

const MODES = {
  picture: { label: 'by picture', inputOf: ({ picture }: Product) => ({ picture }) },
  both: { label: 'by title and picture', inputOf: ({ title, picture }: Product) => ({ text: title, picture }) },
  words: { label: 'by title', inputOf: ({ title }: Product) => ({ text: title }) },
};

export async function measureHead(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const { catalog, index } = evaluation;
  for (const [mode, { label, inputOf }] of Object.entries(MODES)) {
    const all = await classifyAll(catalog, index.products, inputOf);
    for (const [name, output] of Object.entries(OUTPUTS)) {
      sheet.mean([`${name}.${mode}`, `${output.label}, ${label}`], hits(all, output));
    }
    if (mode !== 'picture') continue;
    measureGarments(all, sheet);
    for (const name of CONFUSION_OUTPUTS) sheet.confusions.push(...confusionsOf(all, name).slice(0, MOST_CONFUSIONS));
    measureCalibration(all, sheet);
    await measureTail(evaluation, all, sheet);
  }
  await measureOtherPictures(evaluation, sheet);
}

/**
 * Apparel and footwear by themselves: half of the split is watches, bags and lipsticks, which are easier than clothes.
 */
function measureGarments(all: ClassifiedProduct[], sheet: FigureSheet): void {
  const garments = all.filter(({ product }) => GARMENT_MASTERS.includes(product.masterCategory ?? ''));
  for (const name of ['category', 'color']) {
    const output = OUTPUTS[name]!;
    const label = `${output.label}, by picture, apparel and footwear only`;
    sheet.mean([`${name}.picture.garments`, label], hits(garments, output));
  }
}

function measureCalibration(all: ClassifiedProduct[], sheet: FigureSheet): void {
  const confidence = {
    garmentType: ({ garmentTypes }: Classification) => garmentTypes[0]!.probability,
    category: ({ categories }: Classification) => categories[0]!.probability,
  };
  for (const [name, confidenceOf] of Object.entries(confidence)) {
    const output = OUTPUTS[name]!;
    const known = all.filter(({ product }) => output.truth(product) !== null);
    const confidences = known.map(({ classification }) => confidenceOf(classification));
    const label = `${output.label}, calibration error by picture (0 is best)`;
    sheet.calibrationError([`calibrationError.${name}.picture`, label], confidences, hits(known, output));
  }
}

async function measureTail({ folder }: Evaluation, all: ClassifiedProduct[], sheet: FigureSheet): Promise<void> {
  const output = OUTPUTS['category']!;
  const known = all.filter(({ product }) => product.category !== null);
  const names = known.map(({ product }) => product.category!);
  sheet.macroRecall(
    ['category.picture.macroRecall', 'category, by picture, mean over the labels'],
    names,
    hits(known, output),
  );
  const file = 'fashion-products-train.tar';
  const trained = await countCategories(join(folder, file));
  if (!trained)
    return sheet.note(`The long tail is left out: ${file}, which has the counts of the labels, is missing.`);
  const rare = known.filter(({ product }) => (trained.get(product.category!) ?? 0) < TAIL_ROWS);
  const label = `category, by picture, labels with under ${TAIL_ROWS} training rows`;
  sheet.mean(['category.picture.longTail', label], hits(rare, output));
}

async function measureOtherPictures(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const { folder, split, limit, catalog } = evaluation;
  const output = OUTPUTS['garmentType']!;
  const hires = `fashion-products-hires-${split}.tar`;
  if (existsSync(join(folder, hires))) {
    const products = await readProducts(join(folder, hires), limit);
    const all = await classifyAll(catalog, products, MODES.picture.inputOf);
    sheet.mean(['garmentType.picture.hires', 'ten try-on types, by picture of 168 × 224'], hits(all, output));
  } else sheet.note(`Larger pictures are left out: ${hires} is missing.`);
  // photos taken at home have no test split
  const photos = await readPhotos(join(folder, 'clothing-photos-val.tar'), limit);
  if (!photos) return sheet.note('Photos taken at home are left out: clothing-photos-val.tar is missing.');
  const classifications = await Promise.all(photos.map(({ picture }) => catalog.classify({ picture })));
  const right = shares(photos.map(({ garmentType }, i) => output.guess(classifications[i]!) === garmentType));
  // the name contains "val" in every run, because the photos always come from the val split
  const own = split === 'val' ? 'garmentType.home' : 'garmentType.home.val';
  sheet.mean([own, 'ten try-on types, photos taken at home (val)'], right);
}
