// Download of a catalog file from a merchant's URL: public hosts only, bounded in time and bytes.
import type { IncomingMessage } from 'node:http';
import { FitroomError } from '../errors.js';
import { openWebAddress, type FetchPictureOptions } from '../pictures/fetch/picture.exchange.js';

export interface FetchFeedOptions extends Pick<FetchPictureOptions, 'allowedHosts' | 'resolve'> {
  maxBytes: number;
  /** Aborts the download. */
  signal: AbortSignal;
  /** Changes to FEED_PACE, the lowest accepted speed. */
  pace?: Partial<FeedPace>;
}

export interface FeedPace {
  /** Time limit for the whole file. Shops generate their feeds while they send them. */
  limitMs: number;
  /** Time limit for the response headers. */
  headMs: number;
  /** Interval between two checks of the speed. */
  everyMs: number;
  /**
   * Minimum bytes per interval. A shop that generates a row in 60 ms is fast enough; one byte per second is too slow.
   */
  leastBytes: number;
}

export const FEED_PACE: FeedPace = { limitMs: 30 * 60_000, headMs: 5 * 60_000, everyMs: 60_000, leastBytes: 16_384 };

/**
 * Downloads a catalog file and yields its bytes.
 * @param url http or https on port 80 or 443, without credentials
 * @throws FitroomError IMPORT_URL_REFUSED, IMPORT_URL_UNREACHABLE, IMPORT_TOO_LARGE
 */
export async function* fetchFeed(url: string, options: FetchFeedOptions): AsyncGenerator<Uint8Array> {
  const pace = { ...FEED_PACE, ...options.pace };
  const tooSlow = new AbortController();
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(pace.limitMs), tooSlow.signal]);
  const head = setTimeout(() => tooSlow.abort(), pace.headMs);
  try {
    const { response } = await openWebAddress(url, { ...options, accept: '*/*', signal });
    clearTimeout(head);
    yield* boundedBody(response, options.maxBytes, pace);
  } catch (cause) {
    throw asImportError(cause);
  } finally {
    clearTimeout(head);
  }
}

async function* boundedBody(response: IncomingMessage, maxBytes: number, pace: FeedPace): AsyncGenerator<Uint8Array> {
  let [bytes, bytesAtLastCheck] = [0, 0];
  let isWaiting = true;
  const check = setInterval(() => {
    // a slow reader of the bytes is not counted against the host
    if (isWaiting && bytes - bytesAtLastCheck < pace.leastBytes)
      response.destroy(new Error('the URL sends too slowly'));
    bytesAtLastCheck = bytes;
  }, pace.everyMs);
  try {
    if (response.statusCode !== 200) {
      throw new FitroomError('IMPORT_URL_UNREACHABLE', `The URL responded with status ${response.statusCode}.`);
    }
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new FitroomError('IMPORT_TOO_LARGE');
      isWaiting = false;
      yield chunk;
      isWaiting = true;
    }
  } finally {
    clearInterval(check);
    response.destroy();
  }
}

function asImportError(cause: unknown): FitroomError {
  if (!(cause instanceof FitroomError)) return new FitroomError('IMPORT_URL_UNREACHABLE', undefined, [], { cause });
  if (cause.code === 'IMAGE_URL_REFUSED') return new FitroomError('IMPORT_URL_REFUSED', undefined, [], { cause });
  if (cause.code !== 'IMAGE_URL_UNREACHABLE') return cause;
  return new FitroomError('IMPORT_URL_UNREACHABLE', cause.message, [], { cause });
}
