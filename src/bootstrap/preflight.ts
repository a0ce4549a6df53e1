// Checks of settings that take milliseconds, made before models are loaded and the database is opened.
import type { Config } from '../config.js';
import { requireFreePort } from '../http/port.js';
import { requireOpenFiles } from './open.files.js';
import { makeDataFolder } from '../store/database/data.folder.js';

/** @throws StartupError if the data folder, the limit of open files or the port cannot be used */
export async function preflight(config: Config): Promise<void> {
  requireOpenFiles(config);
  await requireFreePort(config);
  // last, so that a start that fails leaves no folder behind
  if (config.databaseUrl === null) makeDataFolder(config.dataDir);
}
