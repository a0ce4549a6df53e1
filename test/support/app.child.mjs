// The built server in its own process, on a given bundle and database.
// Arguments: the settings as JSON, and optionally the path of a database dump to start from.
import { openAsBlob } from 'node:fs';
import { startApp } from '../../dist/bootstrap/server.js';
import { readConfig } from '../../dist/config.js';
import { createLogger } from '../../dist/observability/logger.js';
import { databaseIn } from '../../dist/store/database/database.js';
import { openEmbedded } from '../../dist/store/database/embedded.database.js';

const [settings, dump] = process.argv.slice(2);
const config = { ...readConfig(), ...JSON.parse(settings) };
const database = dump
  ? openAsBlob(dump)
      .then((blob) => openEmbedded(config.dataDir, blob))
      .then(databaseIn)
  : undefined;
const app = await startApp({ config, logger: createLogger(config.logLevel), database });
process.once('SIGTERM', () => app.close().then(() => process.exit(0)));
process.send({ url: app.url });
