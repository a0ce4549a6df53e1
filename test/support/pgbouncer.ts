// A PgBouncer in transaction mode in front of a PostgreSQL server.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './postgres.server.js';

export function pgbouncerBinary(): string | null {
  return (
    ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer'].find((path) => existsSync(path)) ?? null
  );
}

/** Returns the settings that docs/operations.md asks for and no others. `ignore_startup_parameters` is not set. */
function settingsFor(serverUrl: string, port: number, folder: string): string {
  const { hostname, port: serverPort } = new URL(serverUrl);
  return [
    '[databases]',
    `* = host=${hostname} port=${serverPort}`,
    '[pgbouncer]',
    `listen_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =`,
    `auth_type = trust\nauth_file = ${join(folder, 'users.txt')}`,
    'pool_mode = transaction\ndefault_pool_size = 6\nmax_client_conn = 100',
    '',
  ].join('\n');
}

/** Starts PgBouncer. @returns the URL of the same database through PgBouncer, and a function that stops it */
export async function startPgbouncer(
  binary: string,
  serverUrl: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'fitroom-pgbouncer-'));
  await chmod(folder, 0o755);
  const port = await freePort();
  const settings = join(folder, 'pgbouncer.ini');
  await writeFile(join(folder, 'users.txt'), `"${new URL(serverUrl).username}" ""\n`);
  await writeFile(settings, settingsFor(serverUrl, port, folder));
  // PgBouncer refuses to run as root.
  const [command, args] =
    process.getuid?.() === 0 ? ['runuser', ['-u', 'postgres', '--', binary, settings]] : [binary, [settings]];
  const child = spawn(command, args, { stdio: 'ignore' });
  const ended = once(child, 'exit');
  for (let tries = 0; !(await isListening(port)); tries++) {
    if (tries > 100 || child.exitCode !== null) throw new Error('PgBouncer did not start');
    await sleep(50);
  }
  const url = new URL(serverUrl);
  url.port = String(port);
  return {
    url: url.href,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
