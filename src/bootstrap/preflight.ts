// Fast checks of the settings, before models are loaded and the database is opened.
import type { Config } from '../config.js';
import { requireFreePort } from '../http/port.js';
import { requireOpenFiles } from '../http/open.files.js';
import { makeDataFolder } from '../store/database/data.folder.js';

/** Checks the limit of open files and the port, and creates the data folder. @throws StartupError */
export async function preflight(config: Config): Promise<void> {
  requireOpenFiles(config);
  await requireFreePort(config);
  // last, so that a failed start leaves no folder behind
  if (config.databaseUrl === null) makeDataFolder(config.dataDir);
}
