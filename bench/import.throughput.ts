// Owns the measuring of an import: drawn garments through the command line's own client into a running server, against
// nothing but ONNX Runtime on the same words and pictures in full batches.
import { Readable } from 'node:stream';
import { ApiClient } from '../src/cli/api.client.js';
import { importCatalog } from '../src/cli/import/catalog.import.js';
import type { PicturedRow } from '../src/feeds/garment.row.js';
import { ImportTally } from '../src/cli/import/import.tally.js';
import { trainingDrawings } from '../src/drawing/training.drawings.js';
import { rasterize } from '../src/pictures/rasterize.js';
import type { BareModel, ModelInput } from './bare.pipeline.js';

export interface ImportFigures {
  garments: number;
  pictureWidth: number;
  garmentsPerSecond: number;
  /** Encoders alone, batches of 16, words and picture of each garment. */
  bareGarmentsPerSecond: number;
  /** Time of the import / time of the bare encoders. */
  ratio: number;
}

/** As the public data's thumbnails. */
const PICTURE_WIDTH = 60;
const BATCH = 16;
const CALLS_AT_ONCE = 3;

export async function measureImport(address: string, model: BareModel, count: number): Promise<ImportFigures> {
  const rows = await drawnRows(count);
  const api = new ApiClient(address);
  const seconds = await importSeconds(api, rows);
  const bareSeconds = await bareImportSeconds(model, rows);
  await removeAgain(api, rows);
  return {
    garments: count,
    pictureWidth: PICTURE_WIDTH,
    garmentsPerSecond: count / seconds,
    bareGarmentsPerSecond: count / bareSeconds,
    ratio: seconds / bareSeconds,
  };
}

async function drawnRows(count: number): Promise<PicturedRow[]> {
  const rows: PicturedRow[] = [];
  for (const { svg, labels } of trainingDrawings(count, 20_261)) {
    const picture = await rasterize(svg, PICTURE_WIDTH, 'jpeg');
    const { id: sku, title, articleType: category, image } = labels;
    rows.push({ row: rows.length + 1, garment: { sku, title, category, color: labels.baseColour }, image, picture });
  }
  return rows;
}

async function importSeconds(api: ApiClient, rows: PicturedRow[]): Promise<number> {
  const tally = new ImportTally();
  const source = { total: rows.length, items: (): AsyncIterable<PicturedRow> => Readable.from(rows) };
  await importCatalog(api, source, {
    concurrency: CALLS_AT_ONCE,
    dryRun: false,
    signal: new AbortController().signal,
    onOutcome: (outcome) => tally.add(outcome),
  });
  const { created, seconds } = tally.count();
  if (created !== rows.length) throw new Error(`${created} of ${rows.length} garments were created`);
  return seconds;
}

async function bareImportSeconds(model: BareModel, rows: PicturedRow[]): Promise<number> {
  const words: ModelInput[] = [];
  const pictures: ModelInput[] = [];
  for (const { garment, picture } of rows) {
    words.push(await model.prepare({ kind: 'words', text: `${garment.title} ${garment.category} ${garment.color}` }));
    pictures.push(await model.prepare({ kind: 'picture', bytes: picture }));
  }
  const startedAt = performance.now();
  for (let start = 0; start < rows.length; start += BATCH) {
    await model.embed(words.slice(start, start + BATCH));
    await model.embed(pictures.slice(start, start + BATCH));
  }
  return (performance.now() - startedAt) / 1000;
}

async function removeAgain(api: ApiClient, rows: PicturedRow[]): Promise<void> {
  const query = 'mutation Remove($skus: [String!]!) { deleteGarments(skus: $skus) { deletedSkus } }';
  const skus = rows.map(({ garment }) => garment.sku);
  for (let start = 0; start < skus.length; start += 100) {
    await api.call({ query, variables: { skus: skus.slice(start, start + 100) } });
  }
}
