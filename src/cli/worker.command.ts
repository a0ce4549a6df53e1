// `fitroom worker`: runs the jobs that servers have queued, and serves nothing. For a database that several processes share.
import type { CommandModule } from 'yargs';
import { readConfig } from '../config.js';
import { createLogger } from '../observability/logger.js';
import { startTelemetry } from '../observability/telemetry.js';
import { terminalLog } from '../observability/terminal.log.js';
import { CannotRun } from './exit.js';

export const workerCommand: CommandModule = {
  command: 'worker',
  describe: 'Run imports and other jobs, without serving requests (PostgreSQL only)',
  handler: async () => {
    const config = readConfig();
    if (config.databaseUrl === null) {
      throw new CannotRun(
        'The embedded database belongs to one process, the server, which runs its own jobs.\n' +
          'Set DATABASE_URL to run workers beside it on PostgreSQL.',
      );
    }
    if (config.workers === 0) throw new CannotRun('FITROOM_WORKERS=0 leaves a worker nothing to do: unset it.');
    const logger = createLogger(config.logLevel, await terminalLog());
    const endTelemetry = await startTelemetry(config, logger);
    // loaded here: it brings models, database and picture decoder along, which no other command should wait for
    const { openContainer } = await import('../bootstrap/container.js');
    const core = await openContainer({ config, logger });
    core.worker.start();
    logger.info({ model: core.own.encoders.bundle.id }, 'taking jobs');
    await new Promise((resolve) => {
      process.once('SIGTERM', resolve);
      process.once('SIGINT', resolve);
    });
    await core.close();
    await endTelemetry();
    logger.info('stopped');
  },
};
