// Pictures for tests, drawn by the project itself.
import { drawGarment } from '../../tools/garment-drawing/garment.drawing.js';
import { sampleCatalog, type SampleGarment } from '../../tools/garment-drawing/sample.catalog.js';
import { rasterize } from '../../tools/draw/rasterize.js';

/** The first garment in stock of the sample that fits. @throws Error where none does */
export function sampleWhere(fits: (garment: SampleGarment) => boolean): SampleGarment {
  const garment = sampleCatalog().find((one) => one.inStock && fits(one));
  if (!garment) throw new Error('no garment of the sample fits');
  return garment;
}

/** Its picture as PNG, 384 px wide. */
export async function drawnPng(garment: SampleGarment): Promise<Buffer> {
  return Buffer.from(await rasterize(drawGarment(garment.drawing), 384));
}

/** Its picture as the API takes it. */
export async function drawnImage(garment: SampleGarment): Promise<{ base64: string }> {
  return { base64: (await drawnPng(garment)).toString('base64') };
}
