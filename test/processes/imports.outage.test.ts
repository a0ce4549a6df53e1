// An import during a short outage of PostgreSQL; test/long runs a longer one.
import { importSurvivesOutage } from '../support/outage.import.js';
import { postgresBinaries } from '../support/postgres.server.js';

const bin = postgresBinaries();
if (!bin) console.warn('skipped: this machine has no PostgreSQL with pgvector to crash');
const onServer = bin ? it : it.skip;

onServer(
  'an import continues without help after an outage, and stores and counts each row once',
  () => importSurvivesOutage(bin!, { rows: 300, outageMs: 2_000 }),
  300_000,
);
