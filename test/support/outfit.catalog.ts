// A small shop whose looks are mechanics only: every second garment of the drawn sample, with all its facts, drawn small.
import { drawGarment } from '../../tools/garment-drawing/garment.drawing.js';
import { sampleCatalog, type SampleGarment } from '../../tools/garment-drawing/sample.catalog.js';
import { rasterize } from '../../tools/draw/rasterize.js';
import type { TestApp } from './app.js';

const WIDTH = 96;
const AT_ONCE = 50;
const UPSERT = `mutation ($garments: [GarmentInput!]!) { upsertGarments(garments: $garments) { created userErrors { code } } }`;

/** Stores them. @returns their facts by sku */
export async function stockLooks(server: TestApp): Promise<Map<string, SampleGarment>> {
  const stocked = sampleCatalog().filter((_, i) => i % 2 === 0);
  for (let start = 0; start < stocked.length; start += AT_ONCE) {
    const garments = await Promise.all(stocked.slice(start, start + AT_ONCE).map(inputOf));
    await server.data(UPSERT, { garments });
  }
  return new Map(stocked.map((garment) => [garment.sku, garment]));
}

async function inputOf({ drawing, ...facts }: SampleGarment): Promise<object> {
  const picture = await rasterize(drawGarment(drawing), WIDTH, 'jpeg');
  return { ...facts, image: { base64: Buffer.from(picture).toString('base64') } };
}
