// GraphQL multipart requests: operations and a map first, then files, streamed. What is in the files is not known here.
import type { ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { processRequest, Upload } from 'graphql-upload-minimal';
import { FitroomError } from '../errors.js';

/** 100 garments with a picture each, and one file to spare. */
const MAX_FILES = 101;
const MAX_FILE_BYTES = 10_000_000;
/** 100 garments with descriptions of 10,000 Chinese characters. */
const MAX_OPERATIONS_BYTES = 4_000_000;
/** All parts together: 100 product photos of 640 kB. They are held in memory until their garment is stored. */
const MAX_MULTIPART_BYTES = 64_000_000;

type ParsedRequest = Parameters<typeof processRequest>[0];

export function readMultipart(app: FastifyInstance): void {
  const multipart = new WeakSet<FastifyRequest>();
  // the parser only lets the request through: its body is read while GraphQL already works on it
  app.addContentTypeParser('multipart/form-data', (request, _payload, done) => {
    multipart.add(request);
    done(null);
  });
  app.addHook('preHandler', async (request, reply) => {
    if (multipart.has(request)) request.body = await operationsOf(request, reply.raw);
  });
  app.addHook('onResponse', async ({ raw }) => {
    // parts that no resolver has read would keep the connection busy
    raw.unpipe();
    raw.resume();
  });
}

async function operationsOf(request: FastifyRequest, response: ServerResponse): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_MULTIPART_BYTES) throw new FitroomError('BODY_TOO_LARGE');
  const limits = { maxFileSize: MAX_FILE_BYTES, maxFiles: MAX_FILES, maxFieldSize: MAX_OPERATIONS_BYTES };
  const counted = Object.assign(countedBody(request.raw), { headers: request.headers });
  // of a request the multipart parser reads no more than its headers and its bytes
  const operations = await processRequest(counted as unknown as ParsedRequest, response, limits).catch(refuse);
  if (hasHoles(operations)) throw new FitroomError('BODY_INVALID');
  return operations;
}

/** A map may put a file at place 4,294,967,294 of a list: whoever goes through that list never comes back. */
function hasHoles(operations: unknown): boolean {
  const left = [operations];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (value === null || typeof value !== 'object' || value instanceof Upload) continue;
    const inner: unknown[] = Object.values(value);
    if (Array.isArray(value) && value.length !== inner.length) return true;
    for (const one of inner) if (one !== undefined) left.push(one);
  }
  return false;
}

/** The parser calls a body without parts its own failure; like every other, it is the body's. */
function refuse(cause: { status?: number }): never {
  throw new FitroomError(cause.status === 413 ? 'BODY_TOO_LARGE' : 'BODY_INVALID', undefined, [], { cause });
}

/** The body, cut off where it grows beyond what its headers may have left unsaid. */
function countedBody(raw: FastifyRequest['raw']): Transform {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      bytes += chunk.length;
      if (bytes <= MAX_MULTIPART_BYTES) return next(null, chunk);
      raw.unpipe(counted);
      raw.resume();
      counted.destroy();
    },
  });
  raw.once('close', () => {
    if (!raw.readableEnded) counted.destroy();
  });
  return raw.pipe(counted);
}
