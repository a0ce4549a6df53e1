// What an address answers, read as a picture's bytes: status, headers, length. Knows no address and no decoding.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { FitroomError } from '../errors.js';
import { MAX_PICTURE_BYTES } from './picture.size.js';
import { isPassingStatus, PassingFailure, retryAfterMs } from './passing.failure.js';

/** What tells one state of a picture from the next (RFC 9110 §8.8), as the address sent it. */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

export interface PictureAnswer {
  /** At most 10 MB; null: the picture is the one that is known already. */
  bytes: Uint8Array | null;
  /** Null where there are none to remember. */
  validators: Validators | null;
}

/** Object stores send pictures without saying so; the bytes themselves decide then. */
const CONTENT_TYPES = /^(image\/(jpeg|jpg|pjpeg|png|webp|avif|gif)|(application|binary)\/octet-stream)\s*(;|$)/i;
/** Hashes in use have 64 characters at most; a longer one is not worth its place in a row. */
const MAX_VALIDATOR = 256;

/**
 * Reads a response to its end, or destroys it at the first thing that is wrong with it.
 * @param expected.mayBeUnchanged conditions were sent, so 304 is an answer
 * @throws FitroomError IMAGE_URL_UNREACHABLE (as PassingFailure where it may pass), IMAGE_TOO_LARGE, IMAGE_FORMAT_UNSUPPORTED
 */
export async function readAnswer(
  response: IncomingMessage,
  { signal, mayBeUnchanged }: { signal: AbortSignal; mayBeUnchanged: boolean },
): Promise<PictureAnswer> {
  try {
    const validators = validatorsOf(response.headers);
    if (mayBeUnchanged && response.statusCode === 304) return { bytes: null, validators };
    requirePictureHeaders(response);
    return { bytes: await readBytes(response, signal), validators };
  } finally {
    response.destroy();
  }
}

async function readBytes(response: IncomingMessage, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    signal.throwIfAborted();
    length += chunk.length;
    if (length > MAX_PICTURE_BYTES) throw new FitroomError('IMAGE_TOO_LARGE');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function requirePictureHeaders({ statusCode = 0, headers }: IncomingMessage): void {
  if (statusCode !== 200) {
    const message = `The address answered with status ${statusCode}.`;
    if (isPassingStatus(statusCode)) throw new PassingFailure(message, retryAfterMs(headers['retry-after']));
    throw new FitroomError('IMAGE_URL_UNREACHABLE', message);
  }
  // none was asked for: unpacking what comes all the same is how 10 kB become 10 GB
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw new FitroomError('IMAGE_URL_UNREACHABLE');
  if (Number(headers['content-length'] ?? 0) > MAX_PICTURE_BYTES) throw new FitroomError('IMAGE_TOO_LARGE');
  const type = headers['content-type'] ?? '';
  if (CONTENT_TYPES.test(type)) return;
  if (/^image\//i.test(type)) throw new FitroomError('IMAGE_FORMAT_UNSUPPORTED');
  throw new FitroomError('IMAGE_URL_UNREACHABLE', 'The address answered with something that is no picture.');
}

function validatorsOf(headers: IncomingHttpHeaders): Validators | null {
  const short = (value: string | undefined): string | null => (value && value.length <= MAX_VALIDATOR ? value : null);
  const validators = { etag: short(headers.etag), lastModified: short(headers['last-modified']) };
  return validators.etag || validators.lastModified ? validators : null;
}
