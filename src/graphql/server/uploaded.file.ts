// A file of a multipart request, read as it arrives.
import { PassThrough, Readable } from 'node:stream';
import { FitroomError } from '../../errors.js';

/** Opens the file as a stream. It fails with a FitroomError if the file is too large, missing or cut off. */
export type UploadedFile = () => Readable;

/** Largest file that is held in memory: a picture. */
const HELD_BYTES = 10_000_000;

/** Stands in the variables of an operation in place of a file, before the file itself has arrived. */
export class Upload {
  private readonly arrival: Promise<Readable>;
  private arrive!: (file: Readable) => void;
  private refuse!: (error: FitroomError) => void;
  private held: Promise<Buffer> | null = null;
  private isOpened = false;

  constructor() {
    this.arrival = new Promise((resolve, reject) => {
      this.arrive = resolve;
      this.refuse = reject;
    });
    // if no resolver opens the file, its failure must not end the process
    this.arrival.catch(() => {});
  }

  /** The file's part of the body has begun. */
  begin(file: Readable): void {
    this.arrive(file);
  }

  /** The body has no such part, or broke off before it. Has no effect once the part has begun. */
  miss(cause?: unknown): void {
    this.refuse(new FitroomError('IMAGE_UNREADABLE', 'The request has no file for this upload.', [], { cause }));
  }

  /**
   * Reads the file into memory as soon as it arrives. Parts arrive in the order of the body and each waits for the one
   * before: without this, resolvers that open files in another order would wait forever.
   */
  hold(): void {
    this.held ??= this.arrival.then(bytesOf);
    this.held.catch(() => {});
  }

  /** The content. A held file opens any number of times, a streamed one once. */
  open(): Readable {
    if (this.held) return Readable.from(once(this.held), { objectMode: false });
    const file = new PassThrough();
    if (this.isOpened) file.destroy(new FitroomError('IMAGE_UNREADABLE', 'The file was read before.'));
    else
      this.arrival.then(
        (stream) => handOn(stream, file),
        (error: Error) => file.destroy(error),
      );
    this.isOpened = true;
    return file;
  }
}

function handOn(stream: Readable, file: PassThrough): void {
  stream.on('error', (cause) => file.destroy(brokenOff(cause)));
  if (stream.destroyed) file.destroy(brokenOff(stream.errored));
  stream.pipe(file);
}

async function bytesOf(file: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // a file that is too large is still read to its end: the files behind it wait for that
    for await (const chunk of file) {
      length += (chunk as Buffer).length;
      if (length <= HELD_BYTES) chunks.push(chunk as Buffer);
      else chunks.length = 0;
    }
  } catch (error) {
    throw brokenOff(error);
  }
  if (length > HELD_BYTES) throw new FitroomError('IMAGE_TOO_LARGE');
  return Buffer.concat(chunks);
}

function brokenOff(cause: unknown): FitroomError {
  if (cause instanceof FitroomError && cause.code === 'IMAGE_TOO_LARGE') return cause;
  return new FitroomError('IMAGE_UNREADABLE', 'The upload broke off.', [], { cause });
}

async function* once(reading: Promise<Buffer>): AsyncGenerator<Buffer> {
  const bytes = await reading;
  if (bytes.length > 0) yield bytes;
}
