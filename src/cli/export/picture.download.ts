// Owns the way of a garment's stored picture from the server. Knows no GraphQL and no archive.
import { setTimeout as sleep } from 'node:timers/promises';
import { ServerUnreachable } from '../api.client.js';

const RETRY_DELAYS_MS = [500, 1_500, 4_000, 8_000];
const TIMEOUT_MS = 30_000;

/**
 * The picture's bytes as they are stored. It is asked of the server that the command was given, whatever address clients
 * reach it by.
 * @param imageUrl as the API gave it, without a width
 * @returns null where there is no such picture any more: it has been replaced or deleted
 * @throws ServerUnreachable where the server does not give it, after 14 s of retries
 */
export async function downloadPicture(server: URL, imageUrl: string): Promise<Uint8Array | null> {
  const address = new URL(new URL(imageUrl).pathname, server);
  for (const delayMs of [...RETRY_DELAYS_MS, null]) {
    const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => null);
    if (response?.status === 404) return null;
    const bytes = response?.ok ? await response.arrayBuffer().catch(() => null) : null;
    if (bytes) return new Uint8Array(bytes);
    if (delayMs !== null) await sleep(delayMs);
  }
  throw new ServerUnreachable(`${address.href} cannot be fetched from the server.`);
}
