// A file of a multipart request, readable while it arrives.
import { PassThrough, Readable } from 'node:stream';
import { FitroomError } from '../../errors.js';

/** Opens the file as a stream. The stream fails with a FitroomError if the file is too large, missing or incomplete. */
export type UploadedFile = () => Readable;

/** Largest file that is buffered in memory, in bytes: a picture. */
const MAX_BUFFERED_BYTES = 10_000_000;

/** Placeholder for a file in the variables of an operation, before the file has arrived. */
export class Upload {
  private readonly arrival: Promise<Readable>;
  private arrive!: (file: Readable) => void;
  private refuse!: (error: FitroomError) => void;
  private buffered: Promise<Buffer> | null = null;
  private isOpened = false;

  constructor() {
    this.arrival = new Promise((resolve, reject) => {
      this.arrive = resolve;
      this.refuse = reject;
    });
    // if no resolver opens the file, its failure must not end the process
    this.arrival.catch(() => {});
  }

  /** Provides the file when its part of the body starts. */
  begin(file: Readable): void {
    this.arrive(file);
  }

  /** Fails the upload if the body has no such part or ends before it. Has no effect after the part has started. */
  miss(cause?: unknown): void {
    this.refuse(
      new FitroomError(
        'IMAGE_UNREADABLE',
        'The request has no file for this upload. Add the file to the multipart body.',
        [],
        { cause },
      ),
    );
  }

  /**
   * Buffers the file in memory as soon as it arrives. Parts arrive in the order of the body, and each part waits for
   * the previous one. Without this, resolvers that open files in another order would wait forever.
   */
  hold(): void {
    this.buffered ??= this.arrival.then(bytesOf);
    this.buffered.catch(() => {});
  }

  /** Returns the content. A buffered file can be opened repeatedly, a streamed file once. */
  open(): Readable {
    if (this.buffered) return Readable.from(chunkOf(this.buffered), { objectMode: false });
    const file = new PassThrough();
    if (this.isOpened)
      file.destroy(new FitroomError('IMAGE_UNREADABLE', 'The file was already read. Use each upload once.'));
    else
      this.arrival.then(
        (stream) => pipeTo(stream, file),
        (error: Error) => file.destroy(error),
      );
    this.isOpened = true;
    return file;
  }
}

function pipeTo(stream: Readable, file: PassThrough): void {
  stream.on('error', (cause) => file.destroy(incompleteUpload(cause)));
  if (stream.destroyed) file.destroy(incompleteUpload(stream.errored));
  stream.pipe(file);
}

async function bytesOf(file: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // a file that is too large is still read to its end, because the files after it wait for that
    for await (const chunk of file) {
      length += (chunk as Buffer).length;
      if (length <= MAX_BUFFERED_BYTES) chunks.push(chunk as Buffer);
      else chunks.length = 0;
    }
  } catch (error) {
    throw incompleteUpload(error);
  }
  if (length > MAX_BUFFERED_BYTES) throw new FitroomError('IMAGE_TOO_LARGE');
  return Buffer.concat(chunks);
}

function incompleteUpload(cause: unknown): FitroomError {
  if (cause instanceof FitroomError && cause.code === 'IMAGE_TOO_LARGE') return cause;
  return new FitroomError('IMAGE_UNREADABLE', 'The upload ended before the file was complete. Send it again.', [], {
    cause,
  });
}

async function* chunkOf(content: Promise<Buffer>): AsyncGenerator<Buffer> {
  const bytes = await content;
  if (bytes.length > 0) yield bytes;
}
