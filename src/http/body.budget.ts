// The memory that the bodies of all requests may take together.
import { Transform, type TransformCallback } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { FitroomError } from '../errors.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { MemoryBudget } from '../memory/memory.budget.js';

const ROOM = new MemoryBudget(MEMORY_BOUNDS.requestBodies);

/** The part of the budget that one request takes. */
export class BodyShare {
  private held = 0;

  /** @param maxBytes beyond which the rest of a body is not counted, since it is streamed */
  constructor(private readonly maxBytes: number) {}

  /** Counts bytes that have arrived. @throws FitroomError SERVER_BUSY if the bodies of all requests take too much already */
  add(bytes: number): void {
    const counted = Math.min(bytes, this.maxBytes - this.held);
    if (!ROOM.grow(counted)) throw new FitroomError('SERVER_BUSY');
    this.held += counted;
  }

  /** Gives all of it back. Safe to call twice. */
  release(): void {
    ROOM.give(this.held, 0);
    this.held = 0;
  }
}

/** Counts the bodies that Fastify reads. Multipart bodies are read by their own reader, which counts them itself. */
export function boundJsonBodies(scope: FastifyInstance): void {
  scope.addHook('preParsing', (request, reply, payload, done) => {
    if (/^multipart\//i.test(request.headers['content-type'] ?? '')) return done(null, payload);
    const share = new BodyShare(Infinity);
    reply.raw.once('close', () => share.release());
    const counted = new CountedBody(share);
    payload.once('error', (error: Error) => counted.destroy(error));
    done(null, payload.pipe(counted));
  });
}

class CountedBody extends Transform {
  constructor(private readonly share: BodyShare) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      this.share.add(chunk.length);
      done(null, chunk);
    } catch (error) {
      done(error as Error);
    }
  }
}
