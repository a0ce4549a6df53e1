// A small shop for outfit tests: every second garment of the sample, drawn small.
import { drawGarment } from '../../tools/garment-drawing/garment.drawing.js';
import { sampleCatalog, type SampleGarment } from '../../tools/garment-drawing/sample.catalog.js';
import { rasterize } from '../../tools/draw/rasterize.js';
import type { TestApp } from './app.js';

const WIDTH = 96;
const BATCH = 50;
const UPSERT = `mutation ($garments: [GarmentInput!]!) { upsertGarments(garments: $garments) { created userErrors { code } } }`;

/** Stores the garments. @returns the sample garments by SKU */
export async function storeOutfitCatalog(server: TestApp): Promise<Map<string, SampleGarment>> {
  const stocked = sampleCatalog().filter((_, i) => i % 2 === 0);
  for (let start = 0; start < stocked.length; start += BATCH) {
    const garments = await Promise.all(stocked.slice(start, start + BATCH).map(inputOf));
    await server.data(UPSERT, { garments });
  }
  return new Map(stocked.map((garment) => [garment.sku, garment]));
}

async function inputOf({ drawing, ...facts }: SampleGarment): Promise<object> {
  const picture = await rasterize(drawGarment(drawing), WIDTH, 'jpeg');
  return { ...facts, image: { base64: Buffer.from(picture).toString('base64') } };
}
