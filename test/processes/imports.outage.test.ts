// PostgreSQL crashes in the midst of an import and stays away for a moment: test/long has a catalog and an outage of size.
import { importSurvivesOutage } from '../support/outage.import.js';
import { postgresBinaries } from '../support/postgres.server.js';

const bin = postgresBinaries();
if (!bin) console.warn('skipped: this machine has no PostgreSQL with pgvector to crash');
const onServer = bin ? it : it.skip;

onServer(
  'goes on by itself, and stores and counts each row once',
  () => importSurvivesOutage(bin!, { rows: 300, outageMs: 2_000 }),
  300_000,
);
