// The built server in a process of its own, with settings that no environment variable offers: which bundle, which database.
import { startApp } from '../../dist/app.js';
import { readConfig } from '../../dist/config.js';
import { createLogger } from '../../dist/logger.js';

const config = { ...readConfig(), ...JSON.parse(process.argv[2]) };
const app = await startApp({ config, logger: createLogger(config.logLevel) });
process.once('SIGTERM', () => app.close().then(() => process.exit(0)));
process.send({ url: app.url });
