// A fitroom server in a separate process, on a free port, with its data folder.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PROJECT_ROOT } from '../src/config.js';

export interface ServerProcess {
  /** http://127.0.0.1:PORT */
  address: string;
  /** Seconds from spawning to "ready". */
  startSeconds: number;
  stop(): Promise<void>;
}

export interface ServerPlace {
  dataDir: string;
  databaseUrl: string | null;
}

/** Starts the built server and waits until it is ready. @throws Error with its output if it exits before */
export async function startServer({ dataDir, databaseUrl }: ServerPlace): Promise<ServerProcess> {
  const startedAt = performance.now();
  const environment = {
    ...process.env,
    PORT: '0',
    FITROOM_DATA_DIR: dataDir,
    FITROOM_LOG_LEVEL: 'warn',
    DATABASE_URL: databaseUrl ?? '',
  };
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'dist', 'main.js')], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await addressOf(child);
  return { address, startSeconds: (performance.now() - startedAt) / 1000, stop: () => stop(child) };
}

async function addressOf(child: ChildProcess): Promise<string> {
  const printed: string[] = [];
  const lines = createInterface({ input: child.stdout! });
  for await (const line of lines) {
    printed.push(line);
    const address = /(http:\/\/\S+)\/graphql\b/.exec(line)?.[1];
    if (!address) continue;
    // nothing reads the output from here on, and a full pipe would stop the server
    child.stdout!.resume();
    return address;
  }
  throw new Error(`The server ended before it was ready:\n${printed.join('\n')}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
