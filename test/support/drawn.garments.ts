// Pictures for tests, drawn by the project itself.
import { drawGarment } from '../../tools/garment-drawing/garment.drawing.js';
import { sampleCatalog, type SampleGarment } from '../../tools/garment-drawing/sample.catalog.js';
import { rasterize } from '../../tools/draw/rasterize.js';

/** Returns the first garment in stock of the sample that matches. @throws Error if none matches */
export function sampleWhere(matches: (garment: SampleGarment) => boolean): SampleGarment {
  const garment = sampleCatalog().find((candidate) => candidate.inStock && matches(candidate));
  if (!garment) throw new Error('no garment of the sample matches');
  return garment;
}

/** Returns the garment's picture as PNG, 384 px wide. */
export async function drawnPng(garment: SampleGarment): Promise<Buffer> {
  return Buffer.from(await rasterize(drawGarment(garment.drawing), 384));
}

/** Returns the garment's picture as image input of the API. */
export async function drawnImage(garment: SampleGarment): Promise<{ base64: string }> {
  return { base64: (await drawnPng(garment)).toString('base64') };
}
