// An import during an outage of PostgreSQL.
// FITROOM_OUTAGE_SECONDS=20 runs an outage of full length, FITROOM_IMPORT_ROWS a larger catalog.
import { importSurvivesOutage } from '../support/outage.import.js';
import { postgresBinaries } from '../support/postgres.server.js';

const ROWS = Number(process.env['FITROOM_IMPORT_ROWS'] ?? 1_500);
const OUTAGE_SECONDS = Number(process.env['FITROOM_OUTAGE_SECONDS'] ?? 4);

const bin = postgresBinaries();
if (!bin) console.warn('skipped: this machine has no PostgreSQL with pgvector to crash');
const onServer = bin ? it : it.skip;

onServer(
  'an import continues without help after an outage, and stores and counts each row once',
  () => importSurvivesOutage(bin!, { rows: ROWS, outageMs: OUTAGE_SECONDS * 1_000 }),
  600_000 + ROWS * 100,
);
