// A streaming reader for multipart bodies. No body, however malformed, can end the process.
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { decodeField, make, type MultipartError, type Parser, type PartInfo } from 'multipasta';
import { FitroomError } from '../errors.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { BodyShare } from './body.budget.js';

export interface BodyLimits {
  /** The limit for the whole body. It may be raised while the body arrives. */
  maxBytes: number;
  maxFieldBytes: number;
  maxFileBytes: number;
  maxParts: number;
}

export interface PartReader {
  field(name: string, value: string): void;
  /** Called when a file part begins. Later parts wait until `content` is read or destroyed. */
  file(name: string, content: Readable): void;
  /** Called when the body has ended correctly. */
  end(): void;
  /** Called at most once, as the last call: the body is malformed, too large or incomplete, or a method above threw. */
  fail(error: Error): void;
}

export class MultipartBody {
  private readonly parser: Parser;
  private readonly share = new BodyShare(MEMORY_BOUNDS.multipartBody.bytes);
  private bytes = 0;
  private isOver = false;
  /** The file that is arriving. */
  private file: Readable | null = null;

  constructor(
    private readonly raw: IncomingMessage,
    readonly limits: BodyLimits,
    private readonly reader: PartReader,
  ) {
    this.parser = make({
      headers: { 'content-type': raw.headers['content-type'] ?? '' },
      maxParts: limits.maxParts,
      maxFieldSize: limits.maxFieldBytes,
      isFile: (part) => !isField(nameOf(part)),
      onField: (part, value) => this.guarded(() => reader.field(nameOf(part), decodeField(part, value))),
      onFile: (part) => this.beginFile(nameOf(part)),
      onError: (error) => this.fail(failureOf(error)),
      onDone: () => this.guarded(() => this.finish()),
    });
  }

  /** Starts reading the request. */
  read(): void {
    const { raw } = this;
    raw.on('error', (error) => this.fail(error));
    raw.once('close', () => this.fail(new Error('the connection was closed')));
    raw.once('end', () => this.guarded(() => this.endEarly()));
    if (!this.isOver) raw.on('data', this.take);
  }

  /** Frees the body's share of the memory budget. Call it after the response is sent. */
  release(): void {
    this.share.release();
  }

  /** Stops reading: drops bytes that still arrive and fails an unfinished file. It may be called at any time. */
  stop(cause: Error = new Error('the request was answered')): void {
    this.isOver = true;
    this.raw.off('data', this.take);
    this.raw.resume();
    this.file?.destroy(cause);
  }

  private readonly take = (chunk: Buffer): void => {
    this.bytes += chunk.length;
    if (this.bytes > this.limits.maxBytes) return this.fail(new FitroomError('BODY_TOO_LARGE'));
    // the parser is synchronous, so this catches all its errors
    this.guarded(() => {
      this.share.add(chunk.length);
      this.parser.write(chunk);
    });
  };

  /** Returns a function that takes the chunks of the file, and null at its end. */
  private beginFile(name: string): (chunk: Uint8Array | null) => void {
    const { raw, limits } = this;
    const file = new Readable({ read: () => raw.resume() });
    // an abandoned file must neither end the process nor block the parts after it
    file.on('error', () => {}).on('close', () => raw.resume());
    this.file = file;
    this.guarded(() => this.reader.file(name, file));
    let bytes = 0;
    return (chunk) => {
      bytes += chunk?.length ?? 0;
      if (file.destroyed || file.readableEnded) return;
      if (bytes > limits.maxFileBytes) file.destroy(new FitroomError('IMAGE_TOO_LARGE'));
      else if (!file.push(chunk) && chunk !== null) raw.pause();
    };
  }

  private endEarly(): void {
    this.parser.end();
    this.fail(new Error('the body ends before its last boundary'));
  }

  private finish(): void {
    this.isOver = true;
    this.file = null;
    this.reader.end();
  }

  private fail(error: Error): void {
    if (this.isOver) return;
    this.stop(error);
    this.reader.fail(error);
  }

  private guarded(work: () => void): void {
    if (this.isOver) return;
    try {
      work();
    } catch (error) {
      this.fail(error as Error);
    }
  }
}

/**
 * Returns whether a part is a field. The GraphQL multipart specification makes these two fields and all others files.
 */
function isField(name: string): boolean {
  return name === 'operations' || name === 'map';
}

/**
 * Returns the part's name. The parser finds none if the file name is not Latin-1, as for a file with a Chinese name.
 */
function nameOf({ name, headers }: PartInfo): string {
  if (name !== '') return name;
  return /;\s*name="([^"]*)"/i.exec(String(headers['content-disposition']))?.[1] ?? '';
}

function failureOf(error: MultipartError): Error {
  return error._tag === 'ReachedLimit' ? new FitroomError('BODY_TOO_LARGE') : new Error(`malformed: ${error._tag}`);
}
