/** Owns a folder of drawn training pictures, of the training data's shape. Knows no rasteriser: it is handed one. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trainingDrawings } from './training.drawings.js';

/** SVG and width in pixels → the bytes of a JPEG; the height follows from the picture's 3 : 4. */
export type Rasterise = (svg: string, width: number) => Promise<Uint8Array>;

export interface TrainingSetOptions {
  folder: string;
  count: number;
  seed: number;
  /** Width of the pictures in pixels; 168 gives 168 × 224. */
  width: number;
  rasterise: Rasterise;
}

/**
 * Writes `metadata.jsonl` and `images/*.jpg` (named by `image`, relative to the folder), overwriting what is there.
 * The metadata is written last, so a folder that has it is complete. Errors of the file system and the rasteriser pass through.
 */
export async function drawTrainingSet({ folder, count, seed, width, rasterise }: TrainingSetOptions): Promise<void> {
  await mkdir(join(folder, 'images'), { recursive: true });
  const rows: string[] = [];
  for (const { svg, labels } of trainingDrawings(count, seed)) {
    await writeFile(join(folder, labels.image), await rasterise(svg, width));
    rows.push(JSON.stringify(labels));
  }
  await writeFile(join(folder, 'metadata.jsonl'), `${rows.join('\n')}\n`);
}
