// `npm run sample`: draws, embeds and writes the sample catalog that the repository ships.
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readConfig } from '../src/config.js';
import { loadBundle } from '../src/inference/bundle.js';
import { startEncoders } from '../src/inference/encoders.js';
import { createLogger } from '../src/observability/logger.js';
import { SAMPLE_ARCHIVE } from '../src/services/catalog/sample.archive.js';
import { openDatabase } from '../src/store/database/database.js';
import { IN_MEMORY } from '../src/store/database/embedded.database.js';
import { writeSampleArchive } from './draw/sample.archive.js';

const { bundleDir, inferenceThreads: threads } = readConfig();
const logger = createLogger('warn');
const database = await openDatabase({ databaseUrl: null, databasePoolSize: 1, dataDir: IN_MEMORY });
const encoders = await startEncoders(await loadBundle(bundleDir), { execution: 'cpu', threads, logger });
await mkdir(dirname(SAMPLE_ARCHIVE), { recursive: true });
const garments = await writeSampleArchive(SAMPLE_ARCHIVE, { encoders, database });
await encoders.close();
await database.close();
const { size } = await stat(SAMPLE_ARCHIVE);
console.log(
  `${garments} garments in ${SAMPLE_ARCHIVE}, ${(size / 1e6).toFixed(2)} MB, embedded by ${encoders.bundle.id}`,
);
