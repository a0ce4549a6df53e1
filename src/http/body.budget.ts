// The memory limit for the bodies of all requests together.
import { Transform, type TransformCallback } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { FitroomError } from '../errors.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { MemoryBudget } from '../memory/memory.budget.js';

const BUDGET = new MemoryBudget(MEMORY_BOUNDS.requestBodies);

/** The part of the budget that one request uses. */
export class BodyShare {
  private usedBytes = 0;

  /** @param maxBytes the most bytes to count; the rest of the body is streamed and takes no memory */
  constructor(private readonly maxBytes: number) {}

  /** Counts received bytes. @throws FitroomError SERVER_BUSY if the bodies of all requests exceed the budget */
  add(bytes: number): void {
    const counted = Math.min(bytes, this.maxBytes - this.usedBytes);
    if (!BUDGET.grow(counted)) throw new FitroomError('SERVER_BUSY');
    this.usedBytes += counted;
  }

  /** Returns the whole share to the budget. A second call has no effect. */
  release(): void {
    BUDGET.give(this.usedBytes, 0);
    this.usedBytes = 0;
  }
}

/** Counts the bodies that Fastify reads. MultipartBody reads and counts multipart bodies itself. */
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
