// Checks that take milliseconds and come before models and database are opened.
import { createServer } from 'node:net';
import type { Config } from './config.js';
import { StartupError } from './errors.js';
import { makeDataFolder } from './store/data.folder.js';

/** @throws StartupError where the data folder of an embedded database cannot be used, or the port */
export async function preflight(config: Pick<Config, 'databaseUrl' | 'dataDir' | 'host' | 'port'>): Promise<void> {
  if (config.databaseUrl === null) makeDataFolder(config.dataDir);
  await requirePort(config);
}

/** @throws StartupError where another program listens on the port, or this user may not */
async function requirePort({ host, port }: Pick<Config, 'host' | 'port'>): Promise<void> {
  const failure = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
  if (failure === null) return;
  const reason = REASONS[failure.code ?? ''] ?? failure.message;
  throw new StartupError(
    `Port ${port} on ${host} cannot be used: ${reason}.\nSet PORT to another one, for example: PORT=4001 npm start`,
    { cause: failure },
  );
}

const REASONS: Record<string, string> = {
  EADDRINUSE: 'another program listens on it already',
  EACCES: 'this user may not listen on it, since ports below 1024 are for administrators',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'no such host is known',
};
