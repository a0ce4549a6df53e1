// Checks the port that the server listens on, and explains why it is unavailable.
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../config.js';
import { StartupError } from '../errors.js';

type Address = Pick<Config, 'host' | 'port'>;

const REASONS: Record<string, (address: Address) => string> = {
  EADDRINUSE: ({ host, port }) =>
    `Port ${port} of ${host} is in use: stop the process that has it, or set PORT to another.`,
  EACCES: ({ port }) => `This user may not listen on port ${port}. Set PORT to 1024 or above.`,
  EADDRNOTAVAIL: ({ host }) => `HOST=${host} is not an address of this machine.`,
  ENOTFOUND: ({ host }) => `HOST=${host} cannot be resolved to an address of this machine.`,
  EAI_AGAIN: ({ host }) => `HOST=${host} cannot be resolved to an address of this machine.`,
};

/**
 * Checks that the port is free, so that a start fails before models are loaded. @throws StartupError with the remedy
 */
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

/** Returns a StartupError for a known reason, else the error itself. */
export function listenFailure(error: unknown, address: Address): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  const reason = ['listen', 'bind', 'getaddrinfo'].includes(syscall ?? '') ? REASONS[code ?? ''] : undefined;
  return reason ? new StartupError(reason(address), { cause: error }) : error;
}
