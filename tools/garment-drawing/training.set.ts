// Writer of a folder with drawn training pictures.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trainingDrawings } from './training.drawings.js';

/** Converts SVG to the bytes of a JPEG with this width in pixels. The height follows from the aspect ratio 3 : 4. */
export type Rasterize = (svg: string, width: number) => Promise<Uint8Array>;

export interface TrainingSetOptions {
  folder: string;
  count: number;
  seed: number;
  /** Width of the pictures in pixels; 168 gives 168 × 224. */
  width: number;
  rasterize: Rasterize;
}

/**
 * Writes `metadata.jsonl` and the pictures `images/*.jpg`, and overwrites existing files. The metadata is written last,
 * so a folder that has it is complete.
 * @throws errors of the file system and of the rasterizer
 */
export async function drawTrainingSet({ folder, count, seed, width, rasterize }: TrainingSetOptions): Promise<void> {
  await mkdir(join(folder, 'images'), { recursive: true });
  const rows: string[] = [];
  for (const { svg, labels } of trainingDrawings(count, seed)) {
    await writeFile(join(folder, labels.image), await rasterize(svg, width));
    rows.push(JSON.stringify(labels));
  }
  await writeFile(join(folder, 'metadata.jsonl'), `${rows.join('\n')}\n`);
}
