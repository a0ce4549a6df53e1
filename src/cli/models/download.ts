// Resumable download of one hub file, verified against the checksum of the hub.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat, statfs } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { CannotRun } from '../exit.js';
import type { Hub, HubFile } from './hub.js';

/** The downloaded bytes do not match the checksum of the hub. */
export class ChecksumMismatch extends CannotRun {
  override readonly name = 'ChecksumMismatch';
}

/**
 * Downloads a file to `target`. Bytes received before an interruption stay in `target`.part and are not downloaded
 * again.
 * @param onBytes called with the number of new bytes on disk; the first call counts those of an earlier attempt
 * @returns the SHA-256 in hex
 * @throws ChecksumMismatch; CannotRun if the transfer stops or the disk is full
 */
export async function download(
  hub: Hub,
  file: HubFile,
  { target, onBytes }: { target: string; onBytes: (bytes: number) => void },
): Promise<string> {
  const part = `${target}.part`;
  if ((await sizeOf(target)) === file.bytes) {
    onBytes(file.bytes);
    return verifyChecksum(file, target);
  }
  const partBytes = await sizeOf(part);
  const from = partBytes > file.bytes ? 0 : partBytes;
  onBytes(from);
  if (from < file.bytes) await append(await hub.read(file, from), part, { from, file, onBytes });
  const sha256 = await verifyChecksum(file, part);
  await rename(part, target);
  return sha256;
}

async function append(
  bytes: ReadableStream<Uint8Array>,
  part: string,
  { from, file, onBytes }: { from: number; file: HubFile; onBytes: (bytes: number) => void },
): Promise<void> {
  const counted = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      onBytes(chunk.length);
      yield chunk;
    }
  };
  try {
    await pipeline(bytes, counted, createWriteStream(part, { flags: from === 0 ? 'w' : 'a' }));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') throw fullDisk(part, file.bytes, cause);
    throw interrupted(file, await sizeOf(part), cause);
  }
  const received = await sizeOf(part);
  if (received < file.bytes) throw interrupted(file, received);
}

/**
 * Returns the SHA-256 of a file after its bytes match the checksum of the hub.
 * @throws ChecksumMismatch
 */
async function verifyChecksum(file: HubFile, path: string): Promise<string> {
  const sha256 = createHash('sha256');
  const blob = createHash('sha1').update(`blob ${file.bytes}\0`);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    sha256.update(chunk);
    blob.update(chunk);
  }
  const actual = { sha256: sha256.digest('hex'), 'git-sha1': blob.digest('hex') };
  if (actual[file.checksum.algorithm] === file.checksum.hex) return actual.sha256;
  await rm(path);
  throw new ChecksumMismatch(
    `The bytes of ${file.path} of ${file.repository} do not match the checksum of the hub ` +
      `(${file.checksum.algorithm} ${file.checksum.hex}). Nothing was kept. Try again, or use another hub.`,
  );
}

/** @throws CannotRun if the disk of `folder` has less room than `bytes` */
export async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bytes > bavail * bsize) throw fullDisk(folder, bytes);
}

function fullDisk(where: string, bytes: number, cause?: unknown): CannotRun {
  const text =
    `The disk has no room for ${megabytes(bytes)} at ${where}. Free some space, or set another folder in ` +
    'FITROOM_MODELS_DIR.';
  return new CannotRun(text, { cause });
}

function interrupted(file: HubFile, received: number, cause?: unknown): CannotRun {
  const text =
    `The download of ${file.path} of ${file.repository} stopped at ` +
    `${megabytes(received)} of ${megabytes(file.bytes)}.`;
  return new CannotRun(`${text} Run the same command again to resume.`, { cause });
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString('en-US', { maximumFractionDigits: bytes < 1e7 ? 1 : 0 })} MB`;
}
