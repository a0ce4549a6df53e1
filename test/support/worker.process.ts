// `fitroom worker` on the tiny bundle in its own process, for tests that end it or watch what it uses.
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/config.js';

/** Starts a worker; the caller ends it. @param url of a PostgreSQL database */
export function startWorker(url: string): ChildProcess {
  return spawn(process.execPath, [join(PROJECT_ROOT, 'dist', 'cli', 'fitroom.js'), 'worker'], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DATABASE_URL: url,
      FITROOM_MODELS_DIR: join('test', 'fixtures'),
      FITROOM_MODEL: 'tiny-bundle',
      FITROOM_EXECUTION: 'cpu',
    },
  });
}

/** Polls the condition every 25 ms. @throws Error if it does not become true in time */
export async function until(condition: () => Promise<boolean>, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('the condition did not become true in time');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
