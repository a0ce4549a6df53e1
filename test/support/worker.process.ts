// `fitroom worker` on the tiny bundle, in a process of its own: for tests that end it, or watch what it takes.
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/config.js';

/** @param url of a PostgreSQL database; whoever starts it ends it */
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

/** Asks every 25 ms. @throws Error when it has not come about in time */
export async function until(condition: () => Promise<boolean>, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('did not come about in time');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
