// A file of a multipart request, read as it arrives. Knows the stream it comes in, not what is in it.
import { Readable } from 'node:stream';
import type { FileUpload, Upload } from 'graphql-upload-minimal';
import { FitroomError } from '../errors.js';

/** Opens the file as a stream. It fails with a FitroomError where the file is too large, missing or cut off. */
export type UploadedFile = () => Readable;

/** One reading for a file that stands in several places of a request. */
const readings = new WeakMap<Upload, Promise<Buffer>>();

/**
 * Begins to read a file and hands out what it holds. The parts of a multipart body come one after the other and wait for
 * the one before: were each read only when its turn comes, two garments in another order than their files would wait
 * for each other for ever.
 */
export function uploadedFile(upload: Upload): UploadedFile {
  const reading = readings.get(upload) ?? upload.promise.then(bytesOf, missing);
  readings.set(upload, reading);
  // whoever opens the file meets the failure; where nobody does it must not end the process
  reading.catch(() => {});
  return () => Readable.from(once(reading), { objectMode: false });
}

async function bytesOf(file: FileUpload): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let truncated = false;
  try {
    const stream = file.createReadStream();
    stream.once('limit', () => (truncated = true));
    for await (const chunk of stream) chunks.push(chunk as Buffer);
  } catch (error) {
    throw new FitroomError('IMAGE_UNREADABLE', 'The upload broke off.', [], { cause: error });
  }
  if (truncated) throw new FitroomError('IMAGE_TOO_LARGE');
  return Buffer.concat(chunks);
}

function missing(cause: unknown): never {
  throw new FitroomError('IMAGE_UNREADABLE', 'The request has no file for this upload.', [], { cause });
}

async function* once(reading: Promise<Buffer>): AsyncGenerator<Buffer> {
  const bytes = await reading;
  if (bytes.length > 0) yield bytes;
}
