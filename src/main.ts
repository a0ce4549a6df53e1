// Entry point of `npm start`: reads the settings, starts the server, and stops it gracefully.
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

/** Maximum time for a stop after the drain. The process exits then. */
const STOP_WITHIN_MS = 20_000;

async function main(): Promise<void> {
  const config = readConfig();
  await preflight(config);
  const logger = createLogger(config.logLevel, await terminalLog());
  const endTelemetry = await startTelemetry(config, logger);
  // imported here, because the libraries take a second to load, for which a refused start need not wait
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
 * Keeps a running server alive after an unhandled error, for example an 'error' event of a stream. One request must not
 * end all others.
 */
function surviveErrors(logger: Logger): void {
  process.removeListener('uncaughtException', fail);
  process.on('uncaughtException', (error, origin) => logger.error({ err: error, origin }, 'unhandled error'));
}

function stopOnSignal(app: App, { drainSeconds }: Config, endTelemetry: () => Promise<void>): void {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    // a second signal stops the process at once
    if (stopping) process.exit(1);
    stopping = true;
    // orchestrators send SIGTERM and need the drain, a person on a terminal sends SIGINT
    const drainMs = signal === 'SIGTERM' ? drainSeconds * 1000 : 0;
    const drainNotice = drainMs > 0 ? `serving for ${drainSeconds} s more while not ready, then ` : '';
    console.log(`fitroom: ${signal}, ${drainNotice}finishing requests (again: stop at once) …`);
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

/** Returns the message for an expected error. Null for a defect, whose stack trace is printed. */
function reasonOf(error: unknown): string | null {
  if (error instanceof StartupError) return error.message;
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  return code !== undefined && syscall !== undefined ? `The system refused an operation: ${message}.` : null;
}

process.on('uncaughtException', fail);
main().catch(fail);
