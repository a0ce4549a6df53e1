// A file of a multipart request, read as it arrives. Knows the stream it comes in, not what is in it.
import { PassThrough, Readable } from 'node:stream';
import type { FileUpload, Upload } from 'graphql-upload-minimal';
import { FitroomError } from '../errors.js';

/** Opens the file as a stream. It fails with a FitroomError where the file is too large, missing or cut off. */
export type UploadedFile = () => Readable;

/** Largest file that is held in memory: a picture. */
const HELD_BYTES = 10_000_000;

/** One reading for a file that stands in several places of a request. */
const readings = new WeakMap<Upload, Promise<Buffer>>();
const streamed = new WeakSet<Upload>();

/** Says of the only file of a request that it may be of any size: it is handed on as it arrives, once, and never held. */
export function streamUpload(upload: Upload): void {
  streamed.add(upload);
}

/**
 * Begins to read a file and hands out what it holds. The parts of a multipart body come one after the other and wait for
 * the one before: were each read only when its turn comes, two garments in another order than their files would wait
 * for each other for ever.
 */
export function uploadedFile(upload: Upload): UploadedFile {
  if (streamed.has(upload)) return () => streamOf(upload);
  const reading = readings.get(upload) ?? upload.promise.then(bytesOf, missing);
  readings.set(upload, reading);
  // whoever opens the file meets the failure; where nobody does it must not end the process
  reading.catch(() => {});
  return () => Readable.from(once(reading), { objectMode: false });
}

function streamOf({ promise }: Upload): Readable {
  const file = new PassThrough();
  promise.then(
    (upload) => {
      const stream = upload.createReadStream();
      stream.once('limit', () => file.destroy(new FitroomError('IMAGE_TOO_LARGE')));
      stream.once('error', (cause: Error) => file.destroy(brokenOff(cause)));
      stream.pipe(file);
    },
    (cause: unknown) => file.destroy(missingFile(cause)),
  );
  return file;
}

async function bytesOf(file: FileUpload): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // one that is too large is read to its end all the same: the files behind it wait for that
    for await (const chunk of file.createReadStream()) {
      length += (chunk as Buffer).length;
      if (length <= HELD_BYTES) chunks.push(chunk as Buffer);
    }
  } catch (error) {
    throw brokenOff(error);
  }
  if (length > HELD_BYTES) throw new FitroomError('IMAGE_TOO_LARGE');
  return Buffer.concat(chunks);
}

function brokenOff(cause: unknown): FitroomError {
  return new FitroomError('IMAGE_UNREADABLE', 'The upload broke off.', [], { cause });
}

function missingFile(cause: unknown): FitroomError {
  return new FitroomError('IMAGE_UNREADABLE', 'The request has no file for this upload.', [], { cause });
}

function missing(cause: unknown): never {
  throw missingFile(cause);
}

async function* once(reading: Promise<Buffer>): AsyncGenerator<Buffer> {
  const bytes = await reading;
  if (bytes.length > 0) yield bytes;
}
