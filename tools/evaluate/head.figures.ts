// What is in the picture? Figures of the classifier head: accuracies, the long tail, calibration, photos at home.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { shares, type Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { confusionsOf, hits, OUTPUTS, seenBy, type Seen } from './head.outputs.js';
import type { Classification } from './served.catalog.js';
import { countCategories, readPhotos, readProducts, type Product } from './split.reader.js';

/** A category with fewer training rows belongs to the long tail. */
const TAIL_ROWS = 50;
/** Outputs whose labels are worth telling apart one by one, and how many pairs of each are told. */
const CONFUSED = ['category', 'color'];
const MOST_CONFUSIONS = 20;
const GARMENT_MASTERS = ['Apparel', 'Footwear'];

const MODES = {
  picture: { label: 'by picture', given: ({ picture }: Product) => ({ picture }) },
  both: { label: 'by title and picture', given: ({ title, picture }: Product) => ({ text: title, picture }) },
  words: { label: 'by title', given: ({ title }: Product) => ({ text: title }) },
};

export async function measureHead(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const { catalog, index } = evaluation;
  for (const [mode, { label, given }] of Object.entries(MODES)) {
    const all = await seenBy(catalog, index.products, given);
    for (const [name, output] of Object.entries(OUTPUTS)) {
      sheet.mean([`${name}.${mode}`, `${output.label}, ${label}`], hits(all, output));
    }
    if (mode !== 'picture') continue;
    measureGarments(all, sheet);
    for (const name of CONFUSED) sheet.confusions.push(...confusionsOf(all, name).slice(0, MOST_CONFUSIONS));
    measureCalibration(all, sheet);
    await measureTail(evaluation, all, sheet);
  }
  await measureOtherPictures(evaluation, sheet);
}

/** Half of the split is watches, bags and lipstick, which are easier than clothes. */
function measureGarments(all: Seen[], sheet: FigureSheet): void {
  const garments = all.filter(({ product }) => GARMENT_MASTERS.includes(product.masterCategory ?? ''));
  for (const name of ['category', 'color']) {
    const output = OUTPUTS[name]!;
    const label = `${output.label}, by picture, apparel and footwear only`;
    sheet.mean([`${name}.picture.garments`, label], hits(garments, output));
  }
}

function measureCalibration(all: Seen[], sheet: FigureSheet): void {
  const confidence = {
    garmentType: ({ garmentTypes }: Classification) => garmentTypes[0]!.probability,
    category: ({ categories }: Classification) => categories[0]!.probability,
  };
  for (const [name, of] of Object.entries(confidence)) {
    const output = OUTPUTS[name]!;
    const known = all.filter(({ product }) => output.truth(product) !== null);
    const confidences = known.map(({ seen }) => of(seen));
    const label = `${output.label}, calibration error by picture (0 is best)`;
    sheet.calibrationError([`calibrationError.${name}.picture`, label], confidences, hits(known, output));
  }
}

async function measureTail({ folder }: Evaluation, all: Seen[], sheet: FigureSheet): Promise<void> {
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
  if (!trained) return sheet.note(`The long tail is left out: ${file} is missing, which says what is rare.`);
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
    const all = await seenBy(catalog, products, MODES.picture.given);
    sheet.mean(['garmentType.picture.hires', 'ten try-on types, by picture of 168 × 224'], hits(all, output));
  } else sheet.note(`Larger pictures are left out: ${hires} is missing.`);
  // there is no test split of these
  const photos = await readPhotos(join(folder, 'clothing-photos-val.tar'), limit);
  if (!photos) return sheet.note('Photos at home are left out: clothing-photos-val.tar is missing.');
  const seen = await Promise.all(photos.map(({ picture }) => catalog.classify({ picture })));
  const right = shares(photos.map(({ garmentType }, i) => output.guess(seen[i]!) === garmentType));
  // its name says val by itself, whichever split the others are of
  const own = split === 'val' ? 'garmentType.home' : 'garmentType.home.val';
  sheet.mean([own, 'ten try-on types, photos at home (val)'], right);
}
