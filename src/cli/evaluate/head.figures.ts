// What is in the picture? Figures of the classifier head: accuracies, the long tail, calibration, photos at home.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { shares, type Evaluation } from './evaluation.js';
import type { FigureSheet } from './figure.sheet.js';
import { colorFamilyOf } from './lexicon.js';
import type { Classification, ServedCatalog } from './served.catalog.js';
import { countCategories, readPhotos, readProducts, type Product } from './split.reader.js';

/** A category with fewer training rows belongs to the long tail. */
const TAIL_ROWS = 50;
const GARMENT_MASTERS = ['Apparel', 'Footwear'];

interface Output {
  label: string;
  truth: (product: Product) => string | null;
  guess: (seen: Classification) => string | null;
}

const OUTPUTS: Record<string, Output> = {
  garmentType: {
    label: 'ten try-on types',
    truth: ({ garmentType }) => garmentType,
    guess: ({ garmentTypes }) => garmentTypes[0]!.garmentType,
  },
  category: {
    label: 'category, all labels',
    truth: ({ category }) => category,
    guess: ({ categories }) => categories[0]!.label,
  },
  color: { label: 'colour, 46 labels', truth: ({ color }) => color, guess: ({ colors }) => colors[0]!.label },
  colorFamily: {
    label: 'colour, 14 families',
    truth: ({ color }) => color && colorFamilyOf(color),
    guess: ({ colors }) => colorFamilyOf(colors[0]!.label),
  },
  gender: { label: 'gender', truth: ({ gender }) => gender, guess: ({ genders }) => genders[0]!.label },
  usage: { label: 'usage', truth: ({ usage }) => usage, guess: ({ usages }) => usages[0]!.label },
};

const MODES = {
  picture: { label: 'by picture', given: ({ picture }: Product) => ({ picture }) },
  both: { label: 'by title and picture', given: ({ title, picture }: Product) => ({ text: title, picture }) },
  words: { label: 'by title', given: ({ title }: Product) => ({ text: title }) },
};

/** A product and what the head sees of it. */
interface Seen {
  product: Product;
  seen: Classification;
}

export async function measureHead(evaluation: Evaluation, sheet: FigureSheet): Promise<void> {
  const { catalog, index } = evaluation;
  for (const [mode, { label, given }] of Object.entries(MODES)) {
    const all = await seenBy(catalog, index.products, given);
    for (const [name, output] of Object.entries(OUTPUTS)) {
      sheet.mean([`${name}.${mode}`, `${output.label}, ${label}`], hits(all, output));
    }
    if (mode !== 'picture') continue;
    measureGarments(all, sheet);
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

async function seenBy(
  catalog: ServedCatalog,
  products: readonly Product[],
  given: (product: Product) => { text?: string; picture?: Uint8Array },
): Promise<Seen[]> {
  return Promise.all(products.map(async (product) => ({ product, seen: await catalog.classify(given(product)) })));
}

/** Whether the head is right, of those whose label is known; a label that it does not have is an error. */
function hits(all: readonly Seen[], { truth, guess }: Output): number[] {
  const known = all.filter(({ product }) => truth(product) !== null);
  return shares(known.map(({ product, seen }) => guess(seen) === truth(product)));
}
