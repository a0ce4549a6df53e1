// A catalog file from an address that a merchant gave, as it arrives: public hosts only, bounded in time and bytes.
import type { IncomingMessage } from 'node:http';
import { FitroomError } from '../errors.js';
import { openWebAddress, type FetchPictureOptions } from '../pictures/fetch/picture.exchange.js';

export interface FetchFeedOptions extends Pick<FetchPictureOptions, 'allowedHosts' | 'resolve'> {
  maxBytes: number;
  /** Ends the fetching. */
  signal: AbortSignal;
  /** How slow the address may be, where otherwise than by FEED_PACE. */
  pace?: Partial<FeedPace>;
}

export interface FeedPace {
  /** For the whole file; shops make their feeds while they send them. */
  limitMs: number;
  /** Until the head of the answer is there. */
  headMs: number;
  /** From one look at the pace to the next. */
  everyMs: number;
  /** Least that arrives in that time: a shop that makes a row in 60 ms is fast enough, one byte a second is not. */
  leastBytes: number;
}

export const FEED_PACE: FeedPace = { limitMs: 30 * 60_000, headMs: 5 * 60_000, everyMs: 60_000, leastBytes: 16_384 };

/**
 * @param url http or https on port 80 or 443, without credentials
 * @throws FitroomError IMPORT_URL_REFUSED, IMPORT_URL_UNREACHABLE, IMPORT_TOO_LARGE
 */
export async function* fetchFeed(url: string, options: FetchFeedOptions): AsyncGenerator<Uint8Array> {
  const pace = { ...FEED_PACE, ...options.pace };
  const silent = new AbortController();
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(pace.limitMs), silent.signal]);
  const head = setTimeout(() => silent.abort(), pace.headMs);
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
  let [bytes, before] = [0, 0];
  let isWaitedFor = true;
  const look = setInterval(() => {
    // a file that is written slower than it is sent is not the address's fault
    if (isWaitedFor && bytes - before < pace.leastBytes) response.destroy(new Error('the address is too slow'));
    before = bytes;
  }, pace.everyMs);
  try {
    if (response.statusCode !== 200) {
      throw new FitroomError('IMPORT_URL_UNREACHABLE', `The address answered with status ${response.statusCode}.`);
    }
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new FitroomError('IMPORT_TOO_LARGE');
      isWaitedFor = false;
      yield chunk;
      isWaitedFor = true;
    }
  } finally {
    clearInterval(look);
    response.destroy();
  }
}

function asImportError(cause: unknown): FitroomError {
  if (!(cause instanceof FitroomError)) return new FitroomError('IMPORT_URL_UNREACHABLE', undefined, [], { cause });
  if (cause.code === 'IMAGE_URL_REFUSED') return new FitroomError('IMPORT_URL_REFUSED', undefined, [], { cause });
  if (cause.code !== 'IMAGE_URL_UNREACHABLE') return cause;
  return new FitroomError('IMPORT_URL_UNREACHABLE', cause.message, [], { cause });
}
