// A lock file that allows one process per folder and names the process that holds it.
// proper-lockfile does not fit: it detects a dead holder by the age of the file, so a killed process blocks the next
// start for at least 5 s, and an event loop that an in-process database blocks that long loses its lock.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { StartupError } from '../../errors.js';

/**
 * Takes the lock, also from a process that no longer runs.
 * @param refusal returns the error message for a second process, given the pid of the holder
 * @returns a function that releases the lock
 * @throws StartupError with that message
 */
export function lockFolder(lockPath: string, refusal: (pid: string) => string): () => void {
  const mine = processStamp(process.pid);
  for (let attempt = 0; attempt < 10; attempt++) {
    if (createWith(lockPath, mine)) return () => release(lockPath, mine);
    const holder = readIfThere(lockPath);
    if (holder === null) continue;
    if (isRunning(holder)) break;
    setAside(lockPath, holder);
  }
  throw new StartupError(refusal(readIfThere(lockPath)?.split(' ')[0] ?? 'unknown'));
}

/**
 * Creates the file with its whole content or not at all: a link to a finished file is atomic, open and write are not.
 * Returns false if the file exists.
 */
function createWith(path: string, content: string): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new StartupError(`The lock file ${path} cannot be written: ${(error as Error).message}`, { cause: error });
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes the lock file of a dead process. Puts back a file that a third process has created meanwhile. */
function setAside(path: string, staleContent: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const taken = readIfThere(aside);
  if (taken !== null && taken !== staleContent) createWith(path, taken);
  rmSync(aside, { force: true });
}

function release(path: string, mine: string): void {
  if (readIfThere(path) === mine) rmSync(path, { force: true });
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function isRunning(stamp: string): boolean {
  const pid = Number(stamp.split(' ')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: the process runs, but belongs to another user
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = processStamp(pid);
  // without /proc at either process only the pid can be compared
  return now === stamp || !now.includes(' ') || !stamp.includes(' ');
}

/**
 * Returns pid and start time. A container's server always has pid 1, so the pid alone would lock it out after a crash.
 */
function processStamp(pid: number): string {
  const stat = readIfThere(`/proc/${pid}/stat`);
  // Field 22 counts ticks since boot; field 2 is a name in parentheses that may hold spaces. proc(5)
  const startTicks = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return startTicks ? `${pid} ${startTicks}` : String(pid);
}
