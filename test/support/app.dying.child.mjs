// The built server, killed after the garments are committed and before the client gets the response.
import { startApp } from '../../dist/bootstrap/server.js';
import { readConfig } from '../../dist/config.js';
import { createLogger } from '../../dist/observability/logger.js';
import { openDatabase } from '../../dist/store/database/database.js';

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
