// A process that writes to an embedded database until it is killed.
// Each printed line confirms a stored batch. Arguments: the data folder, and a prefix for its SKUs.
import { writeSync } from 'node:fs';
import { StartupError } from '../../src/errors.js';
import { openDatabase } from '../../src/store/database/database.js';
import { GarmentRepository } from '../../src/store/garment.repository.js';
import { row, STORE } from './catalog.rows.js';

const BATCH = 10;

async function main(dataDir: string, prefix: string): Promise<void> {
  const database = await openDatabase({ databaseUrl: null, databasePoolSize: 1, dataDir });
  const garments = new GarmentRepository(database);
  writeSync(1, 'open\n');
  for (let n = 0; ; n += BATCH) {
    const skus = Array.from({ length: BATCH }, (_, i) => `${prefix}-${n + i}`);
    // One garment of the previous batch is written again, so that a kill can hit an update too.
    const rows = [...skus, ...(n ? [`${prefix}-${n - BATCH}`] : [])].map((sku) =>
      row({ sku, title: `written with ${n}` }),
    );
    await garments.saveGarments(STORE, rows);
    writeSync(1, `${skus.join(' ')}\n`);
  }
}

const started = performance.now();
main(process.argv[2]!, process.argv[3]!).catch((error: unknown) => {
  writeSync(2, error instanceof StartupError ? error.message : String((error as Error).stack));
  writeSync(2, `\nended after ${Math.round(performance.now() - started)} ms`);
  process.exit(1);
});
