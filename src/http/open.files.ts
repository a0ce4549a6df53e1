// The system's limit of open files, which includes connections.
import { readFileSync } from 'node:fs';
import type { Config } from '../config.js';
import { StartupError } from '../errors.js';

/** The embedded database opens a file for each table and index: 440 if every table has rows. */
const EMBEDDED_FILES = 900;
/** Threads, pipes, libraries, and downloads of catalog pictures. */
const OTHER_FILES = 200;
const MIN_CONNECTIONS = 100;

type DatabaseConfig = Pick<Config, 'databaseUrl' | 'databasePoolSize'>;

/** Returns the number of files that remain for connections of clients. */
export function filesForConnections(config: DatabaseConfig, limit = openFilesLimit()): number {
  return Math.max(0, limit - ownFiles(config));
}

/** Checks that the limit suffices for the files of the process and 100 connections. @throws StartupError */
export function requireOpenFiles(config: DatabaseConfig, limit = openFilesLimit()): void {
  const needed = ownFiles(config) + MIN_CONNECTIONS;
  if (limit >= needed) return;
  const database = config.databaseUrl === null ? 'the embedded database' : 'PostgreSQL';
  throw new StartupError(
    `The system lets this process open ${limit} files; with ${database} it needs ${needed}: \`ulimit -n 4096\` raises the limit.`,
  );
}

function ownFiles({ databaseUrl, databasePoolSize }: DatabaseConfig): number {
  return databaseUrl === null ? EMBEDDED_FILES : OTHER_FILES + databasePoolSize;
}

/** Returns Infinity if the limit is unknown. Node has raised the soft limit to the hard limit. */
function openFilesLimit(): number {
  try {
    return Number(/^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? Infinity);
  } catch {
    return limitFromReport();
  }
}

/** Returns the limit on systems without /proc. */
function limitFromReport(): number {
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | string } } };
  const limit = Number(userLimits?.open_files?.soft);
  return Number.isFinite(limit) ? limit : Infinity;
}
