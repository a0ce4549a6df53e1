// `npm start`: reads the settings, starts the server, prints its addresses, and stops it gracefully.
import './bootstrap/node.environment.js';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from './bootstrap/server.js';
import { readConfig, type Config } from './config.js';
import { StartupError } from './errors.js';
import { listenFailure } from './http/port.js';
import { createLogger, type Logger } from './observability/logger.js';
import { preflight } from './bootstrap/preflight.js';
import { startTelemetry } from './observability/telemetry.js';
import { terminalLog } from './observability/terminal.log.js';

/** Longest that a stop may take, after the drain, before the process ends all the same. */
const STOP_WITHIN_MS = 20_000;

async function main(): Promise<void> {
  const config = readConfig();
  await preflight(config);
  const logger = createLogger(config.logLevel, await terminalLog());
  const endTelemetry = await startTelemetry(config, logger);
  // loads the libraries of models, pictures and the database: a second that a refused start need not wait for
  const { startApp } = await import('./bootstrap/server.js');
  const app = await startApp({ config, logger }).catch((error: unknown) => {
    throw listenFailure(error, config);
  });
  surviveErrors(logger);
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
  stopOnSignal(app, config, endTelemetry);
}

/**
 * A server that is up outlives an error that nothing handled, for example an 'error' event of a stream of one request:
 * a client that finds one must not end the answers of all others.
 */
function surviveErrors(logger: Logger): void {
  process.removeListener('uncaughtException', fail);
  process.on('uncaughtException', (error, origin) =>
    logger.error({ err: error, origin }, 'an error that nothing handled'),
  );
}

function stopOnSignal(app: App, { drainSeconds }: Config, endTelemetry: () => Promise<void>): void {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    // a second signal: whoever sent it does not want to wait
    if (stopping) process.exit(1);
    stopping = true;
    // load balancers stop with SIGTERM, people with Ctrl-C
    const drainMs = signal === 'SIGTERM' ? drainSeconds * 1000 : 0;
    const first = drainMs > 0 ? `serving for ${drainSeconds} s more while not ready, then ` : '';
    console.log(`fitroom: ${signal}, ${first}finishing requests (again: stop at once) …`);
    setTimeout(() => process.exit(1), drainMs + STOP_WITHIN_MS).unref();
    app.drain();
    await sleep(drainMs);
    await app.close().finally(endTelemetry);
    process.exit(0);
  };
  const onSignal = (signal: NodeJS.Signals): void => void stop(signal).catch(fail);
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

function fail(error: unknown): void {
  const reason = reasonOf(error);
  console.error(reason === null ? error : `fitroom did not start.\n${reason}`);
  process.exit(1);
}

/** Null for a defect, whose stack says more. */
function reasonOf(error: unknown): string | null {
  if (error instanceof StartupError) return error.message;
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  return code !== undefined && syscall !== undefined ? `The system refused an operation: ${message}.` : null;
}

process.on('uncaughtException', fail);
main().catch(fail);
