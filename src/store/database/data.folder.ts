// The folder of the embedded database: created if it is missing, refused if it cannot be used.
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartupError } from '../../errors.js';

/**
 * Creates the data folder and checks that this process can write to it.
 * @throws StartupError if the folder cannot be created, read or written
 */
export function makeDataFolder(path: string): void {
  try {
    makeFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new StartupError(
      `FITROOM_DATA_DIR: the folder ${path} cannot be used (${(cause as Error).message}). Choose a writable folder.`,
      { cause },
    );
  }
}

/**
 * Creates a folder and its parents, one by one. Node's `recursive` option never returns below /proc: creating a folder
 * there fails with ENOENT although the parent exists.
 */
function makeFolder(path: string): void {
  if (!existsSync(path)) {
    makeFolder(dirname(path));
    mkdirSync(path);
  } else if (!statSync(path).isDirectory()) throw new Error(`${path} is not a folder`);
}
