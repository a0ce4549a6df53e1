// Download of a stored garment picture from the server.
import { setTimeout as sleep } from 'node:timers/promises';
import { ServerUnreachable } from '../api.client.js';

const RETRY_DELAYS_MS = [500, 1_500, 4_000, 8_000];
const TIMEOUT_MS = 30_000;

/**
 * Returns the bytes of a picture as stored. The request goes to the server of the command, whatever host the picture
 * URL has.
 * @param imageUrl URL from the API, without a width
 * @returns null if the picture no longer exists, because it was replaced or deleted
 * @throws ServerUnreachable if the server does not return it, after 14 s of retries
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
