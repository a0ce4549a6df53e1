// A built server in its own process, for tests of clients that use it over HTTP.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Config } from '../../src/config.js';
import { PROJECT_ROOT } from '../../src/config.js';
import { IN_MEMORY } from '../../src/store/database/embedded.database.js';
import { embeddedDump } from './database.js';
import { startedSeed } from './started.seed.js';

export interface AppProcess {
  url: string;
  process: ChildProcess;
  /** Everything the process printed. Resolves when it has ended. */
  output: Promise<string>;
  stop(): Promise<void>;
  /** Ends the process like a crash. */
  kill(): Promise<void>;
}

/**
 * Starts a server with the tiny bundle, without garments, and with a database in memory. `config` overrides any of
 * these.
 * @param script file in this folder that the process runs
 * @param nodeOptions options of the process's Node
 */
export async function startAppProcess(
  config: Partial<Config> = {},
  script = 'app.child.mjs',
  nodeOptions: string[] = [],
): Promise<AppProcess> {
  const settings = {
    port: 0,
    databaseUrl: null,
    dataDir: IN_MEMORY,
    sampleCatalog: false,
    bundleDir: join(PROJECT_ROOT, 'test', 'fixtures', 'tiny-bundle'),
    execution: 'cpu',
    logLevel: 'error',
    ...config,
  };
  const { databaseUrl, dataDir, bundleDir, sampleCatalog } = settings;
  const isInMemory = databaseUrl === null && dataDir === IN_MEMORY;
  const dump = isInMemory ? await embeddedDump(startedSeed({ bundleDir, sampleCatalog })) : '';
  const child = fork(join(PROJECT_ROOT, 'test', 'support', script), [JSON.stringify(settings), dump], {
    silent: true,
    execArgv: [...process.execArgv, ...nodeOptions],
  });
  const output = Promise.all([text(child.stdout!), text(child.stderr!)]).then((streams) => streams.join('\n'));
  const ended = once(child, 'exit');
  const started = once(child, 'message') as Promise<[{ url: string }]>;
  const first = await Promise.race([started, ended.then(() => null)]);
  if (first === null) throw new Error(`the server ended before it was ready: ${await output}`);
  return {
    url: first[0].url,
    process: child,
    output,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
