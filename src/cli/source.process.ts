// Process that runs a TypeScript file of the checkout, for code that is not part of the build.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../config.js';
import { CannotRun, EXIT } from './exit.js';

/**
 * Runs a file of the checkout with the streams and environment of this process.
 * @param file path below the project folder
 * @returns its exit status
 * @throws CannotRun if the file or the development packages are missing
 */
export async function runSource(file: string, args: string[]): Promise<number> {
  const source = join(PROJECT_ROOT, file);
  if (!existsSync(source)) {
    throw new CannotRun(`This command needs a checkout of the repository: ${source} is missing.`);
  }
  if (!existsSync(join(PROJECT_ROOT, 'node_modules', 'tsx'))) {
    throw new CannotRun('This command needs the development packages. Install them with: npm ci');
  }
  // tsx looks for tsconfig.json in the working directory, which may be any directory of the user
  const environment = { ...process.env, TSX_TSCONFIG_PATH: join(PROJECT_ROOT, 'tsconfig.json') };
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), source, ...args], {
    stdio: 'inherit',
    env: environment,
  });
  const [status] = (await once(child, 'exit')) as [number | null];
  return status ?? EXIT.INTERRUPTED;
}
