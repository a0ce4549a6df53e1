// Uploaded pictures as bytes within the size limit: streams and base64.
import type { Readable } from 'node:stream';
import { FitroomError } from '../errors.js';
import { MAX_PICTURE_BYTES } from './picture.limits.js';

/**
 * Reads a stream to its end, or aborts it at the first byte over 10 MB.
 * @throws FitroomError IMAGE_TOO_LARGE, IMAGE_EMPTY, IMAGE_UNREADABLE (the upload was interrupted)
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

const DATA_URL = /^data:[^,]{0,200};base64,/i;

/**
 * Decodes base64 text.
 * @param text base64 (standard or URL-safe alphabet, padding and line breaks optional), plain or as a data: URL
 * @throws FitroomError IMAGE_EMPTY, IMAGE_TOO_LARGE (over 10 MB), IMAGE_UNREADABLE (not base64)
 */
export function decodeBase64(text: string): Uint8Array {
  const start = text.search(/\S/);
  if (start < 0) throw new FitroomError('IMAGE_EMPTY');
  const prefix = DATA_URL.exec(text.slice(start, start + 300))?.[0] ?? '';
  const body = text.slice(start + prefix.length);
  // four characters hold three bytes; line breaks are at most 2 in 64 characters
  if (body.length > MAX_PICTURE_BYTES * (4 / 3) * 1.05) throw new FitroomError('IMAGE_TOO_LARGE');
  const bytes = strictBytes(body) ?? withoutBlanks(body);
  if (!bytes) throw new FitroomError('IMAGE_UNREADABLE', 'The text is not base64.');
  if (bytes.length === 0) throw new FitroomError('IMAGE_EMPTY');
  if (bytes.length > MAX_PICTURE_BYTES) throw new FitroomError('IMAGE_TOO_LARGE');
  return bytes;
}

/** Share of blanks that base64 may have. Line breaks are at most 2 in 64 characters. */
const MAX_BLANK_SHARE = 0.05;

/** Decodes base64 with line breaks. To remove 7 million blanks one by one takes 1.8 s, so text with many is refused. */
function withoutBlanks(body: string): Buffer | null {
  let blanks = 0;
  for (let at = 0; at < body.length; at++) if (body.charCodeAt(at) <= 0x20) blanks++;
  return blanks <= body.length * MAX_BLANK_SHARE + 10 ? strictBytes(body.replace(/\s+/g, '')) : null;
}

/**
 * Returns the decoded bytes, or null for invalid base64. Node skips invalid characters, so fewer bytes than expected
 * reveal them.
 */
function strictBytes(body: string): Buffer | null {
  const digits = body.endsWith('==') ? body.length - 2 : body.endsWith('=') ? body.length - 1 : body.length;
  const bytes = Buffer.from(body, 'base64');
  return digits % 4 !== 1 && bytes.length === Math.floor((digits * 3) / 4) ? bytes : null;
}
