// `npm start`: reads the settings, starts the server, says where it is, and stops it gracefully.
import './node.environment.js';
import { startApp } from './app.js';
import { readConfig } from './config.js';
import { StartupError } from './errors.js';
import { createLogger } from './logger.js';
import { startTelemetry } from './telemetry.js';
import { terminalLog } from './terminal.log.js';

/** Longest that a stop may take before the process ends all the same. */
const STOP_WITHIN_MS = 20_000;

async function main(): Promise<void> {
  const config = readConfig();
  const logger = createLogger(config.logLevel, await terminalLog());
  const endTelemetry = await startTelemetry(config, logger);
  const app = await startApp({ config, logger });
  const { executionProvider, bundle } = app.own.encoders;
  console.log(
    [
      '',
      `  fitroom is ready: ${bundle.id} on ${executionProvider}, ${app.database.kind} database`,
      '',
      `  start page   ${app.url}/`,
      `  insights     ${app.url}/insights`,
      `  playground   ${app.url}/playground`,
      `  GraphQL API  ${app.url}/graphql`,
      `  health       ${app.url}/health/ready`,
      '',
    ].join('\n'),
  );
  stopOnSignal(() => app.close().finally(endTelemetry));
}

function stopOnSignal(close: () => Promise<void>): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    // a second signal: whoever sent it does not want to wait
    if (stopping) process.exit(1);
    stopping = true;
    console.log(`fitroom: ${signal}, finishing requests (again: stop at once) …`);
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function fail(error: unknown): void {
  console.error(error instanceof StartupError ? `fitroom did not start.\n${error.message}` : error);
  process.exit(1);
}

main().catch(fail);
