// Owns drawn garments as folders of the public data's shape: metadata.jsonl, and images/*.jpg that it names.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawGarment } from '../garment-drawing/garment.drawing.js';
import { sampleCatalog, type SampleGarment } from '../garment-drawing/sample.catalog.js';
import { drawTrainingSet } from '../garment-drawing/training.set.js';
import { rasterize } from './rasterize.js';

export interface DrawnFolder {
  /** Made where it is missing; files of the same names are overwritten. */
  folder: string;
  /** Garments, at most. */
  count: number;
  /** Width of the pictures in pixels; 168 gives 168 × 224. */
  width: number;
}

const jpegOf = (svg: string, width: number) => rasterize(svg, width, 'jpeg');

/** Labelled garments for training. @returns how many */
export async function drawTraining(options: DrawnFolder & { seed: number }): Promise<number> {
  await drawTrainingSet({ ...options, rasterise: jpegOf });
  return options.count;
}

/** The sample catalog in its own order, with all that it knows beyond the public shape. @returns how many garments */
export async function drawCatalog({ folder, count, width }: DrawnFolder): Promise<number> {
  await mkdir(join(folder, 'images'), { recursive: true });
  const garments = sampleCatalog().slice(0, count);
  for (const { sku, drawing } of garments) {
    await writeFile(join(folder, imageOf(sku)), await jpegOf(drawGarment(drawing), width));
  }
  // last, so that a folder that has it is whole
  const rows = garments.map((garment) => `${JSON.stringify(rowOf(garment))}\n`);
  await writeFile(join(folder, 'metadata.jsonl'), rows.join(''));
  return garments.length;
}

/** The API's names → the public data's; what that has no name for keeps ours. */
function rowOf({ sku, category, color, gender, drawing: _, ...same }: SampleGarment): object {
  return { id: sku, articleType: category, baseColour: color, gender: titleCase(gender), ...same, image: imageOf(sku) };
}

function imageOf(sku: string): string {
  return `images/${sku}.jpg`;
}

/** 'WOMEN' → 'Women' */
function titleCase(gender: string): string {
  return gender.charAt(0) + gender.slice(1).toLowerCase();
}
