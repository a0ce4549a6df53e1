// Byte streams for feed readers: gunzipped, converted to UTF-8, split into lines.
import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FitroomError } from '../errors.js';
import { MAX_RECORD_BYTES } from './feed.js';

type Chunks = AsyncIterable<Uint8Array>;

const NEWLINE = 10;
/**
 * Size of a slice. A reader works through a slice in about 5 ms without releasing the thread; between slices, requests
 * are handled.
 */
const SLICE_BYTES = 64 * 1024;

/** A failure of the source of the bytes, the database or the network. A retry may succeed. */
export class SourceFailure extends Error {}

/**
 * Yields the same bytes and wraps their failures in SourceFailure, so that any other error is known to be caused by the
 * file.
 */
export async function* marked(chunks: Chunks): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (cause) {
    throw new SourceFailure('the bytes of the file could not be read', { cause });
  }
}

/**
 * Yields the bytes, gunzipped if they are gzip.
 * @param maxBytes maximum number of unpacked bytes; it stops a gzip bomb
 * @throws FitroomError IMPORT_TOO_LARGE, IMPORT_UNREADABLE if the compressed data is damaged
 */
export async function* unpacked(chunks: Chunks, maxBytes: number): AsyncGenerator<Uint8Array> {
  const { head, all } = await peek(chunks, 2);
  let bytes = 0;
  for await (const chunk of head[0] === 0x1f && head[1] === 0x8b ? gunzipped(all) : all) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new FitroomError('IMPORT_TOO_LARGE');
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) yield chunk.subarray(at, at + SLICE_BYTES);
  }
}

async function* gunzipped(chunks: Chunks): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  // the loop handles the failures of both streams; the callback only prevents a second throw
  pipeline(Readable.from(chunks, { objectMode: false }), gunzip, () => undefined);
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array;
  } catch (cause) {
    if (!isZlib(cause)) throw cause;
    throw new FitroomError('IMPORT_UNREADABLE', 'The gzip data is damaged or cut off.', [], { cause });
  }
}

function isZlib(error: unknown): boolean {
  return String((error as { code?: unknown }).code).startsWith('Z_');
}

/**
 * Returns the first bytes (at least `length`, or all bytes of a shorter stream) and a stream of all bytes including
 * these.
 */
export async function peek(chunks: Chunks, length: number): Promise<{ head: Buffer; all: Chunks }> {
  const rest = chunks[Symbol.asyncIterator]();
  const parts: Uint8Array[] = [];
  for (let size = 0; size < length;) {
    const next = await rest.next();
    if (next.done) break;
    parts.push(next.value);
    size += next.value.length;
  }
  const head = Buffer.concat(parts);
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head;
      for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
    } finally {
      await rest.return?.();
    }
  }
  return { head, all: all() };
}

/** Returns only the first bytes. */
export async function headOf(chunks: Chunks, length: number): Promise<Buffer> {
  const { head, all } = await peek(chunks, length);
  await all[Symbol.asyncIterator]().return?.();
  return head;
}

/** Yields UTF-8 without a byte order mark. Spreadsheets write "Unicode text" as UTF-16, which has its own mark. */
export async function* inUtf8(chunks: Chunks): AsyncGenerator<Uint8Array> {
  const { head, all } = await peek(chunks, 3);
  const wide =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null;
  if (wide) {
    yield* transcoded(all, wide);
    return;
  }
  let skip = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  for await (const chunk of all) {
    yield chunk.subarray(skip);
    skip = 0;
  }
}

async function* transcoded(chunks: Chunks, encoding: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/**
 * Yields lines without their newline, and null for a line of over 1 MB, which is dropped. node:readline does not fit:
 * it also splits at U+2028 and U+2029, which may occur in a JSON string.
 */
export async function* linesOf(chunks: Chunks): AsyncGenerator<Uint8Array | null> {
  let parts: Uint8Array[] = [];
  let size = 0;
  const add = (part: Uint8Array): void => {
    size += part.length;
    if (size > MAX_RECORD_BYTES) parts = [];
    else if (part.length > 0) parts.push(part);
  };
  const take = (): Uint8Array | null => {
    const line = size > MAX_RECORD_BYTES ? null : Buffer.concat(parts);
    [parts, size] = [[], 0];
    return line;
  };
  for await (const chunk of inUtf8(chunks)) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      add(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (size > 0) yield take();
}

export function isBlank(line: Uint8Array): boolean {
  return line.every((byte) => byte === 32 || byte === 9 || byte === 13);
}
