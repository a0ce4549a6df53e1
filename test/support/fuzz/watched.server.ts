// A server in its own process that reports blocking of its main thread and memory.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startAppProcess } from '../app.process.js';
import { embeddedDump } from '../database.js';
import { startedSeed } from '../started.seed.js';
import { TINY_BUNDLE } from '../tiny.bundle.js';
import type { FuzzCaller } from './fuzz.case.js';

const ADMIN_KEY = 'the-deployments-own-key';
/** Time after which a main thread without a report counts as hanging. */
export const REPORTS_WITHIN_MS = 15_000;

/** Measurements since the last reset. */
export interface Report {
  /** Longest time that the main thread was blocked. Time without a core does not count. */
  blockedMs: number;
  peakBytes: number;
  heldBytes: number;
}

export interface WatchedServer {
  port: number;
  isAlive: () => boolean;
  /** Returns the last output, after the server has ended. */
  lastWords(): Promise<string>;
  /** Requests a report. @returns null if the server has ended or does not respond in time */
  report(wanted?: { reset?: boolean; collect?: boolean }): Promise<Report | null>;
  headersOf: (caller: FuzzCaller) => Record<string, string>;
  /** Returns the metrics of the server, by name and labels. */
  metrics(): Promise<Map<string, number>>;
  end(): Promise<void>;
}

/**
 * Starts a server with the sample catalog, a STOREFRONT key and a database in a folder, so that its rows do not count
 * as memory of the process.
 */
export async function startWatchedServer(): Promise<WatchedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'fitroom-fuzz-'));
  await mkdir(join(folder, 'database'));
  const dump = await embeddedDump(startedSeed({ bundleDir: TINY_BUNDLE, sampleCatalog: true }));
  await promisify(execFile)('tar', ['-xf', dump, '-C', join(folder, 'database')]);
  const config = { dataDir: folder, bundleDir: TINY_BUNDLE, sampleCatalog: true, adminKey: ADMIN_KEY };
  const started = await startAppProcess(config, 'app.watched.child.mjs', ['--expose-gc']);
  const { url, process, output } = started;
  const key = await storefrontKey(url);
  const authorization = { STOREFRONT: `Bearer ${key}`, DEPLOYMENT: `Bearer ${ADMIN_KEY}` };
  const isAlive = (): boolean => process.exitCode === null && process.signalCode === null;
  const ended = once(process, 'exit').then(() => null);
  return {
    port: Number(new URL(url).port),
    isAlive,
    lastWords: async () => (await output).trim().slice(-2_000),
    async report(options = {}) {
      if (!isAlive()) return null;
      const race = new AbortController();
      const reportMessage = once(process, 'message', { signal: race.signal }) as Promise<[Report]>;
      const timeout = sleep(REPORTS_WITHIN_MS, null, { signal: race.signal });
      process.send(options, () => undefined);
      const first = await Promise.race([reportMessage, ended, timeout]);
      for (const pending of [reportMessage, timeout]) pending.catch(() => undefined);
      race.abort();
      return first?.[0] ?? null;
    },
    headersOf: (caller): Record<string, string> =>
      caller === 'NOBODY' ? {} : { authorization: authorization[caller] },
    async metrics() {
      const response = await fetch(`${url}/metrics`, { headers: { authorization: authorization.DEPLOYMENT } });
      const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
    },
    async end() {
      if (isAlive()) await started.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function storefrontKey(url: string): Promise<string> {
  const query = 'mutation { createApiKey(role: STOREFRONT, name: "fuzz") { key } }';
  const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { data } = (await response.json()) as { data: { createApiKey: { key: string } } };
  return data.createApiKey.key;
}
