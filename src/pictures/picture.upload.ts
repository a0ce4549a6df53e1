// An upload's stream to bytes, within the limit. Knows no HTTP.
import type { Readable } from 'node:stream';
import { FitroomError } from '../errors.js';
import { MAX_PICTURE_BYTES } from './picture.size.js';

/**
 * Reads a stream to its end, or ends it at the first byte over 10 MB.
 * @throws FitroomError IMAGE_TOO_LARGE, IMAGE_EMPTY, IMAGE_UNREADABLE (the upload broke off)
 */
export async function readUpload(stream: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      // leaving the loop destroys the stream
      if (length > MAX_PICTURE_BYTES) throw new FitroomError('IMAGE_TOO_LARGE');
      chunks.push(chunk);
    }
  } catch (cause) {
    throw cause instanceof FitroomError ? cause : new FitroomError('IMAGE_UNREADABLE', undefined, [], { cause });
  }
  if (length === 0) throw new FitroomError('IMAGE_EMPTY');
  return Buffer.concat(chunks, length);
}
