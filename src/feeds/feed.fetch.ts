// A catalog file from an address that a merchant gave, as it arrives: public hosts only, bounded in time and bytes.
import type { IncomingMessage } from 'node:http';
import { FitroomError } from '../errors.js';
import { openWebAddress, type FetchPictureOptions } from '../pictures/picture.exchange.js';

export interface FetchFeedOptions extends Pick<FetchPictureOptions, 'allowedHosts' | 'resolve'> {
  maxBytes: number;
  /** Ends the fetching. */
  signal: AbortSignal;
}

/** For the whole file; shops make their feeds while they send them. */
const TIMEOUT_MS = 30 * 60_000;
/** Between two pieces of it. */
const SILENCE_MS = 60_000;

/**
 * @param url http or https on port 80 or 443, without credentials
 * @throws FitroomError IMPORT_URL_REFUSED, IMPORT_URL_UNREACHABLE, IMPORT_TOO_LARGE
 */
export async function* fetchFeed(url: string, options: FetchFeedOptions): AsyncGenerator<Uint8Array> {
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    const { response } = await openWebAddress(url, { ...options, accept: '*/*', signal });
    response.setTimeout(SILENCE_MS, () => response.destroy(new Error('the address fell silent')));
    yield* boundedBody(response, options.maxBytes);
  } catch (cause) {
    throw asImportError(cause);
  }
}

async function* boundedBody(response: IncomingMessage, maxBytes: number): AsyncGenerator<Uint8Array> {
  try {
    if (response.statusCode !== 200) {
      throw new FitroomError('IMPORT_URL_UNREACHABLE', `The address answered with status ${response.statusCode}.`);
    }
    let bytes = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new FitroomError('IMPORT_TOO_LARGE');
      yield chunk;
    }
  } finally {
    response.destroy();
  }
}

function asImportError(cause: unknown): FitroomError {
  if (!(cause instanceof FitroomError)) return new FitroomError('IMPORT_URL_UNREACHABLE', undefined, [], { cause });
  if (cause.code === 'IMAGE_URL_REFUSED') return new FitroomError('IMPORT_URL_REFUSED', undefined, [], { cause });
  if (cause.code !== 'IMAGE_URL_UNREACHABLE') return cause;
  return new FitroomError('IMPORT_URL_UNREACHABLE', cause.message, [], { cause });
}
