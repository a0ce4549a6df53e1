// One file of the hub onto the disk: goes on where it broke off, and keeps only what the hub vouches for.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat, statfs } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { CannotRun } from '../exit.js';
import type { Hub, HubFile } from './hub.js';

/** The bytes are not the ones that the hub vouches for. */
export class ChecksumMismatch extends CannotRun {
  override readonly name = 'WrongBytes';
}

/**
 * Fetches a file to `target`; what came of it before a break is in `target`.part and is not fetched again.
 * @param onBytes called with the number of bytes that are new on the disk, those of an earlier try first
 * @returns the SHA-256 in hex
 * @throws ChecksumMismatch, and CannotRun where the transfer breaks off or the disk is full
 */
export async function download(
  hub: Hub,
  file: HubFile,
  { target, onBytes }: { target: string; onBytes: (bytes: number) => void },
): Promise<string> {
  const part = `${target}.part`;
  if ((await sizeOf(target)) === file.bytes) {
    onBytes(file.bytes);
    return requireVouched(file, target);
  }
  const there = await sizeOf(part);
  const from = there > file.bytes ? 0 : there;
  onBytes(from);
  if (from < file.bytes) await append(await hub.read(file, from), part, { from, file, onBytes });
  const sha256 = await requireVouched(file, part);
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
    throw brokenOff(file, await sizeOf(part), cause);
  }
  const got = await sizeOf(part);
  if (got < file.bytes) throw brokenOff(file, got);
}

/** @returns the SHA-256 of a file whose bytes are the ones that the hub vouches for */
async function requireVouched(file: HubFile, path: string): Promise<string> {
  const sha256 = createHash('sha256');
  const blob = createHash('sha1').update(`blob ${file.bytes}\0`);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    sha256.update(chunk);
    blob.update(chunk);
  }
  const found = { sha256: sha256.digest('hex'), 'git-sha1': blob.digest('hex') };
  if (found[file.vouched.algorithm] === file.vouched.hex) return found.sha256;
  await rm(path);
  throw new ChecksumMismatch(
    `${file.path} of ${file.repository} came with other bytes than the hub vouches for ` +
      `(${file.vouched.algorithm} ${file.vouched.hex}). Nothing was kept. Try again, or try another hub.`,
  );
}

/** @throws CannotRun where the disk that holds `folder` has less room than these bytes */
export async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bytes > bavail * bsize) throw fullDisk(folder, bytes);
}

function fullDisk(where: string, bytes: number, cause?: unknown): CannotRun {
  const text = `The disk has no room for ${megabytes(bytes)} at ${where}. Make room, or name another folder in FITROOM_MODELS_DIR.`;
  return new CannotRun(text, { cause });
}

function brokenOff(file: HubFile, got: number, cause?: unknown): CannotRun {
  const text = `${file.path} of ${file.repository} broke off at ${megabytes(got)} of ${megabytes(file.bytes)}.`;
  return new CannotRun(`${text} The same command goes on from there.`, { cause });
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
