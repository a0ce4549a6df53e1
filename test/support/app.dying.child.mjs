// The built server, killed at its worst moment: what it was asked to store is committed, and nobody has been told.
import { startApp } from '../../dist/app.js';
import { readConfig } from '../../dist/config.js';
import { createLogger } from '../../dist/logger.js';
import { openDatabase } from '../../dist/store/database.js';

const config = { ...readConfig(), ...JSON.parse(process.argv[2]) };

async function dyingDatabase() {
  const database = await openDatabase(config);
  return {
    ...database,
    within(store) {
      const statements = database.within(store);
      return {
        ...statements,
        async transaction(work) {
          await statements.transaction(work);
          process.kill(process.pid, 'SIGKILL');
          return new Promise(() => {});
        },
      };
    },
  };
}

const app = await startApp({ config, logger: createLogger(config.logLevel), database: dyingDatabase() });
process.send({ url: app.url });
