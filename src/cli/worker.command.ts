// Command `fitroom worker`, which runs queued jobs without serving requests. It needs a shared PostgreSQL database.
import type { CommandModule } from 'yargs';
import { readConfig } from '../config.js';
import { createLogger } from '../observability/logger.js';
import { startTelemetry } from '../observability/telemetry.js';
import { terminalLog } from '../observability/terminal.log.js';
import { CannotRun } from './exit.js';

export const workerCommand: CommandModule = {
  command: 'worker',
  describe: 'Run imports and other jobs without serving requests (PostgreSQL only)',
  handler: async () => {
    const config = readConfig();
    if (config.databaseUrl === null) {
      throw new CannotRun(
        'The embedded database belongs to a single process, the server, which runs its own jobs.\nSet ' +
          'DATABASE_URL to run workers next to the server on PostgreSQL.',
      );
    }
    if (config.workers === 0) throw new CannotRun('FITROOM_WORKERS=0 leaves the worker without jobs. Unset it.');
    const logger = createLogger(config.logLevel, await terminalLog());
    const endTelemetry = await startTelemetry(config, logger);
    // imported here because it loads models, database and picture decoder, which would slow down other commands
    const { openContainer } = await import('../bootstrap/container.js');
    const core = await openContainer({ config, logger });
    core.worker.start();
    logger.info({ model: core.own.encoders.bundle.id }, 'worker started');
    await new Promise((resolve) => {
      process.once('SIGTERM', resolve);
      process.once('SIGINT', resolve);
    });
    await core.close();
    await endTelemetry();
    logger.info('stopped');
  },
};
