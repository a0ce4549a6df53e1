// The built server in a process of its own, with settings that no environment variable offers: which bundle, which database.
// Arguments: the settings, and a dump to begin with, or nothing.
import { openAsBlob } from 'node:fs';
import { startApp } from '../../dist/app.js';
import { readConfig } from '../../dist/config.js';
import { createLogger } from '../../dist/logger.js';
import { databaseIn } from '../../dist/store/database.js';
import { openEmbedded } from '../../dist/store/embedded.database.js';

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
