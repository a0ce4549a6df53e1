// Folders of drawn garments in the layout of the public data: metadata.jsonl and images/*.jpg.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawGarment } from '../garment-drawing/garment.drawing.js';
import { sampleCatalog, type SampleGarment } from '../garment-drawing/sample.catalog.js';
import { drawTrainingSet } from '../garment-drawing/training.set.js';
import { rasterize } from './rasterize.js';

export interface DrawnFolder {
  /** Created if missing; existing files are overwritten. */
  folder: string;
  /** Maximum number of garments. */
  count: number;
  /** Width of the pictures in pixels; 168 gives 168 × 224. */
  width: number;
}

const jpegOf = (svg: string, width: number) => rasterize(svg, width, 'jpeg');

/** Draws labeled garments for training. @returns the number of garments */
export async function drawTraining(options: DrawnFolder & { seed: number }): Promise<number> {
  await drawTrainingSet({ ...options, rasterize: jpegOf });
  return options.count;
}

/** Draws the sample catalog in its order, with fields that the public layout lacks. @returns the number of garments */
export async function drawCatalog({ folder, count, width }: DrawnFolder): Promise<number> {
  await mkdir(join(folder, 'images'), { recursive: true });
  const garments = sampleCatalog().slice(0, count);
  for (const { sku, drawing } of garments) {
    await writeFile(join(folder, imageOf(sku)), await jpegOf(drawGarment(drawing), width));
  }
  // The metadata is written last, so a folder that has it is complete.
  const rows = garments.map((garment) => `${JSON.stringify(rowOf(garment))}\n`);
  await writeFile(join(folder, 'metadata.jsonl'), rows.join(''));
  return garments.length;
}

/** Renames the API's fields to those of the public data; fields without a counterpart keep their names. */
function rowOf({ sku, category, color, gender, drawing: _, ...rest }: SampleGarment): object {
  return { id: sku, articleType: category, baseColour: color, gender: titleCase(gender), ...rest, image: imageOf(sku) };
}

function imageOf(sku: string): string {
  return `images/${sku}.jpg`;
}

/** 'WOMEN' → 'Women' */
function titleCase(gender: string): string {
  return gender.charAt(0) + gender.slice(1).toLowerCase();
}
