// GraphQL multipart requests: operations and a map first, then files, streamed. What is in the files is not known here.
import type { ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { processRequest, Upload } from 'graphql-upload-minimal';
import { may } from '../domain/permissions.js';
import { FitroomError } from '../errors.js';
import { streamUpload } from '../graphql/uploaded.file.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { callerOf } from './authentication.js';
import { allowLongBody } from './body.deadline.js';

/** 100 garments with a picture each, and one file to spare. */
const MAX_FILES = 101;
/** 100 garments with descriptions of 10,000 Chinese characters. */
const MAX_OPERATIONS_BYTES = 4_000_000;
/** All parts together: 100 product photos of 640 kB. They are held in memory until their garment is stored. */
const MAX_MULTIPART_BYTES = MEMORY_BOUNDS.multipartBody.bytes;

type ParsedRequest = Parameters<typeof processRequest>[0];

/** @param maxImportBytes of the one file that an import may bring instead; it is held by nobody */
export function readMultipart(app: FastifyInstance, maxImportBytes: number): void {
  const multipart = new WeakSet<FastifyRequest>();
  // the parser only lets the request through: its body is read while GraphQL already works on it
  app.addContentTypeParser('multipart/form-data', (request, _payload, done) => {
    multipart.add(request);
    done(null);
  });
  app.addHook('preHandler', async (request, reply) => {
    if (multipart.has(request)) request.body = await operationsOf(request, reply.raw, maxImportBytes);
  });
  app.addHook('onResponse', async ({ raw }) => {
    // parts that no resolver has read would keep the connection busy
    raw.unpipe();
    raw.resume();
  });
}

async function operationsOf(
  request: FastifyRequest,
  response: ServerResponse,
  maxImportBytes: number,
): Promise<unknown> {
  const { raw, headers } = request;
  const maxBytes = MAX_MULTIPART_BYTES + maxImportBytes;
  const length = Number(headers['content-length'] ?? 0);
  if (length > maxBytes) throw new FitroomError('BODY_TOO_LARGE');
  const limits = { maxFileSize: maxImportBytes, maxFiles: MAX_FILES, maxFieldSize: MAX_OPERATIONS_BYTES };
  const counted = new CountedBody(raw);
  // of a request the multipart parser reads no more than its headers and its bytes
  const parsed = Object.assign(counted, { headers }) as unknown as ParsedRequest;
  const operations = await processRequest(parsed, response, limits).catch(refuse);
  const uploads = uploadsIn(operations);
  if (uploads === null) throw new FitroomError('BODY_INVALID');
  if (uploads.size === 1 && mayImport(request, operations)) {
    streamUpload([...uploads][0]!);
    counted.maxBytes = maxBytes;
    allowLongBody(raw);
  } else if (length > MAX_MULTIPART_BYTES) {
    throw new FitroomError('BODY_TOO_LARGE');
  }
  return operations;
}

/** Whether the file may be a catalog's. One that the operation takes for a picture all the same is held up to 10 MB only. */
function mayImport(request: FastifyRequest, operations: unknown): boolean {
  const { query } = operations as { query?: unknown };
  if (!may(callerOf(request).role, 'catalog:write')) return false;
  return typeof query === 'string' && /\bimportCatalog\b/.test(query);
}

/**
 * The files that the operations name; null where a list has holes: a map may put a file at place 4,294,967,294 of one, and
 * whoever goes through that list never comes back.
 */
function uploadsIn(operations: unknown): Set<Upload> | null {
  const uploads = new Set<Upload>();
  const left = [operations];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (value instanceof Upload) uploads.add(value);
    if (value === null || typeof value !== 'object' || value instanceof Upload) continue;
    const inner: unknown[] = Object.values(value);
    if (Array.isArray(value) && value.length !== inner.length) return null;
    for (const one of inner) if (one !== undefined) left.push(one);
  }
  return uploads;
}

/** The parser calls a body without parts its own failure; like every other, it is the body's. */
function refuse(cause: { status?: number }): never {
  throw new FitroomError(cause.status === 413 ? 'BODY_TOO_LARGE' : 'BODY_INVALID', undefined, [], { cause });
}

/** The body, cut off where it grows beyond what its headers may have left unsaid. */
class CountedBody extends Transform {
  maxBytes = MAX_MULTIPART_BYTES;
  private bytes = 0;

  constructor(private readonly raw: FastifyRequest['raw']) {
    super();
    raw.once('close', () => {
      if (!raw.readableEnded) this.destroy();
    });
    raw.pipe(this);
  }

  override _transform(chunk: Buffer, _encoding: string, next: (error: null, chunk: Buffer) => void): void {
    this.bytes += chunk.length;
    if (this.bytes <= this.maxBytes) return next(null, chunk);
    this.raw.unpipe(this);
    this.raw.resume();
    this.destroy();
  }
}
