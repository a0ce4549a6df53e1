// A PostgreSQL server that a test owns and may crash.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const INSTALLED = '/usr/lib/postgresql';

export interface PostgresServer {
  readonly url: string;
  /** Stops the server at once, as a crash would. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** Stops all its processes with SIGSTOP: connections stay open and get no response. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  remove(): Promise<void>;
}

/** Returns the folder of the newest server's binaries that come with pgvector. Null if the machine has none. */
export function postgresBinaries(): string | null {
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED) : [];
  const folders = versions
    .map((version) => join(INSTALLED, version, 'bin'))
    .sort((a, b) => versionOf(b) - versionOf(a));
  return folders.find((bin) => existsSync(join(bin, 'initdb')) && hasPgvector(bin)) ?? null;
}

const versionOf = (bin: string): number => Number(/(\d+)\/bin$/.exec(bin)?.[1] ?? 0);
const hasPgvector = (bin: string): boolean =>
  existsSync(`/usr/share/postgresql/${versionOf(bin)}/extension/vector.control`);

export async function startPostgres(bin: string): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'fitroom-pg-'));
  await chmod(folder, 0o777);
  const data = join(folder, 'data');
  const port = await freePort();
  // PostgreSQL does not run as root.
  const as = (command: string, ...args: string[]) =>
    process.getuid?.() === 0
      ? run('runuser', ['-u', 'postgres', '--', join(bin, command), ...args])
      : run(join(bin, command), args);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder}`;
  const start = async (): Promise<void> => {
    await as('pg_ctl', '-D', data, '-l', join(folder, 'log'), '-w', '-t', '60', '-o', options, 'start');
  };
  const crash = async (): Promise<void> => void (await as('pg_ctl', '-D', data, '-m', 'immediate', 'stop'));
  const signal = async (name: 'SIGSTOP' | 'SIGCONT'): Promise<void> => {
    const postmaster = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n', 1)[0]!;
    // The parent is stopped first, so that it cannot start a child after the list is taken.
    process.kill(Number(postmaster), name);
    const { stdout } = await run('pgrep', ['-P', postmaster]);
    for (const pid of stdout.trim().split('\n')) signalIfThere(Number(pid), name);
  };
  await as('initdb', '-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8');
  await start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    crash,
    start,
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    async remove() {
      await crash().catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Sends the signal. A backend may have ended meanwhile. */
function signalIfThere(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
