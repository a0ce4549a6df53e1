// The limit of open files, connections among them, that the system sets for this process.
import { readFileSync } from 'node:fs';
import type { Config } from '../config.js';
import { StartupError } from '../errors.js';

/** The embedded database holds a file for each table and index: 440 of them once every table has rows. */
const EMBEDDED_FILES = 900;
/** Threads, pipes, libraries, catalog pictures that are being fetched. */
const OTHER_FILES = 200;
const FEWEST_CONNECTIONS = 100;

type Files = Pick<Config, 'databaseUrl' | 'databasePoolSize'>;

/** Files that are left for connections of clients. */
export function filesForConnections(config: Files, limit = openFilesLimit()): number {
  return Math.max(0, limit - ownFiles(config));
}

/** @throws StartupError if the process could not open its own files and a few connections */
export function requireOpenFiles(config: Files, limit = openFilesLimit()): void {
  const needed = ownFiles(config) + FEWEST_CONNECTIONS;
  if (limit >= needed) return;
  const database = config.databaseUrl === null ? 'the embedded database' : 'PostgreSQL';
  throw new StartupError(
    `The system lets this process open ${limit} files; with ${database} it needs ${needed}: \`ulimit -n 4096\` raises the limit.`,
  );
}

function ownFiles({ databaseUrl, databasePoolSize }: Files): number {
  return databaseUrl === null ? EMBEDDED_FILES : OTHER_FILES + databasePoolSize;
}

/** Infinity if the system does not tell. Node has raised the soft limit to the hard one. */
function openFilesLimit(): number {
  try {
    return Number(/^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? Infinity);
  } catch {
    return limitOfReport();
  }
}

/** For systems without /proc. */
function limitOfReport(): number {
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | string } } };
  const limit = Number(userLimits?.open_files?.soft);
  return Number.isFinite(limit) ? limit : Infinity;
}
