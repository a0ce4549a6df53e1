// A catalog of any length and an import of it, started without a server.
import { Readable } from 'node:stream';
import { rasterize } from '../../tools/draw/rasterize.js';
import { ImportService } from '../../src/services/catalog/import.service.js';
import { ImportStagingRepository } from '../../src/store/import.staging.repository.js';
import { ImportRepository } from '../../src/store/import.repository.js';
import { JobQueue } from '../../src/store/database/job.queue.js';
import { STORE } from './catalog.rows.js';
import type { Database } from '../../src/store/database/database.types.js';

/** Yields JSON lines. Each line has a small picture in one of 8 shades. */
export async function* catalogLines(rows: number): AsyncGenerator<Buffer> {
  const pictures: string[] = [];
  for (let shade = 0; shade < 8; shade++) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="32"><rect width="${8 + shade}" height="28" fill="hsl(${shade * 40},70%,50%)"/></svg>`;
    pictures.push(Buffer.from(await rasterize(svg, 24, 'jpeg')).toString('base64'));
  }
  for (let i = 0; i < rows; i++) {
    yield Buffer.from(
      `${JSON.stringify({ sku: `I-${i}`, title: `Shirt ${i}`, image: { base64: pictures[i % 8] } })}\n`,
    );
  }
}

/** Starts an import of `rows` garments and returns its id. */
export async function beginImport(database: Database, rows: number): Promise<string> {
  const queue = await JobQueue.open(database);
  const service = new ImportService({
    imports: new ImportRepository(database),
    file: new ImportStagingRepository(database),
    queue,
    maxBytes: 1e9,
  });
  const options = { format: null, currency: null, limit: null, dryRun: false };
  const { catalogImport } = await service.begin(
    STORE,
    { upload: () => Readable.from(catalogLines(rows)), url: null },
    options,
  );
  await queue.close();
  return catalogImport!.id;
}
