// One process per folder: a file that names the process which holds it. Knows not what for.
// Not proper-lockfile: it tells who is alive by the file's age, so a killed process blocks the next start for 5 s at least,
// and an event loop that an in-process database blocks that long loses its lock.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { StartupError } from '../../errors.js';

/**
 * Takes the lock, from a process that is gone too.
 * @param refusal what to tell whoever comes second, by the pid of the process that holds it
 * @returns lets go of it
 * @throws StartupError with that
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

/** Creates the file whole or not at all: a link to a finished file is atomic, an open and a write are not. */
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

/** Takes a dead process's file away; one that a third process has put there meanwhile goes back. */
function setAside(path: string, judged: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const taken = readIfThere(aside);
  if (taken !== null && taken !== judged) createWith(path, taken);
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
    // EPERM: it is there, but another user's
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = processStamp(pid);
  // without /proc on either side the pid alone has to do
  return now === stamp || !now.includes(' ') || !stamp.includes(' ');
}

/** Pid and start time: a container's server is pid 1 every time, so the pid alone would lock it out after a crash. */
function processStamp(pid: number): string {
  const stat = readIfThere(`/proc/${pid}/stat`);
  // field 22 counts ticks since boot; field 2 is a name in parentheses that may hold spaces. proc(5)
  const startTicks = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return startTicks ? `${pid} ${startTicks}` : String(pid);
}
