// The folder of the embedded database: created where it is missing, refused where it cannot be used.
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartupError } from '../../errors.js';

/** @throws StartupError where the folder cannot be created, read or written to */
export function makeDataFolder(path: string): void {
  try {
    makeFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new StartupError(
      `FITROOM_DATA_DIR: the folder ${path} cannot be used (${(cause as Error).message}). Choose one that can be written to.`,
      { cause },
    );
  }
}

/**
 * Creates a folder and those above it, one by one. Node's own `recursive` never returns below /proc, where creating a folder fails
 * with ENOENT although the folder above it exists.
 */
function makeFolder(path: string): void {
  if (!existsSync(path)) {
    makeFolder(dirname(path));
    mkdirSync(path);
  } else if (!statSync(path).isDirectory()) throw new Error(`${path} is not a folder`);
}
