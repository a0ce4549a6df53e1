// The port that the server listens on, and why it may not be had.
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../config.js';
import { StartupError } from '../errors.js';

type Address = Pick<Config, 'host' | 'port'>;

const REASONS: Record<string, (address: Address) => string> = {
  EADDRINUSE: ({ host, port }) =>
    `Port ${port} of ${host} is in use: stop the process that has it, or set PORT to another.`,
  EACCES: ({ port }) => `This user may not listen on port ${port}: set PORT to 1024 or above.`,
  EADDRNOTAVAIL: ({ host }) => `HOST=${host} is not an address of this machine.`,
  ENOTFOUND: ({ host }) => `HOST=${host} cannot be resolved to an address of this machine.`,
  EAI_AGAIN: ({ host }) => `HOST=${host} cannot be resolved to an address of this machine.`,
};

/** Listens for a moment, so that a start fails before models are loaded. @throws StartupError saying what to do */
export async function requireFreePort(address: Address): Promise<void> {
  const probe = createServer();
  try {
    probe.listen({ host: address.host, port: address.port });
    await once(probe, 'listening');
    probe.close();
    await once(probe, 'close');
  } catch (error) {
    throw listenFailure(error, address);
  }
}

/** The failure to listen, as a StartupError where the reason is known. */
export function listenFailure(error: unknown, address: Address): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  const reason = ['listen', 'bind', 'getaddrinfo'].includes(syscall ?? '') ? REASONS[code ?? ''] : undefined;
  return reason ? new StartupError(reason(address), { cause: error }) : error;
}
