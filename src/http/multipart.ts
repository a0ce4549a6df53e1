// GraphQL multipart requests: operations and a map, then files.
// GraphQL starts as soon as the first two parts are read, while the files still arrive.
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import secureJson from 'secure-json-parse';
import { hasPermission } from '../domain/access/permissions.js';
import { FitroomError } from '../errors.js';
import { importedVariables } from '../graphql/server/import.operation.js';
import { requireSmallJson } from '../graphql/server/json.size.js';
import { MEMORY_BOUNDS } from '../memory/bounds.js';
import { callerOf } from './authentication.js';
import { allowLongBody } from './body.deadline.js';
import { MultipartBody, type PartReader } from './multipart.body.js';
import { MAX_FILES, placeUploads, type PlacedUpload } from './multipart.map.js';

/** The limit for all parts: 100 product photos of 640 kB. They stay in memory until their garments are stored. */
const MAX_MULTIPART_BYTES = MEMORY_BOUNDS.multipartBody.bytes;
const LIMITS = {
  maxBytes: MAX_MULTIPART_BYTES,
  // enough for operations with 100 garments, each with a description of 10,000 Chinese characters
  maxFieldBytes: 4_000_000,
  maxParts: MAX_FILES + 2,
};
/**
 * Other sites cannot send these headers without a preflight. Apollo checks them too, but only after the body is parsed.
 */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'];

export interface MultipartOptions {
  /** The largest file of an import. Imports are streamed, so this file is never completely in memory. */
  maxImportBytes: number;
  /** Returns the text of a persisted query. Undefined for a hash that the caller's role may not use. */
  persistedText: (request: FastifyRequest, hash: string) => string | undefined;
}

interface Operations {
  query?: unknown;
  operationName?: unknown;
  extensions?: { persistedQuery?: { sha256Hash?: unknown } };
}

interface Head {
  operations: Operations;
  uploads: Map<string, PlacedUpload>;
}

/** Replaces the body of multipart requests with their operations, whose variables then hold the uploads. */
export function readMultipart(app: FastifyInstance, options: MultipartOptions): void {
  const multipart = new WeakSet<FastifyRequest>();
  const bodies = new WeakMap<FastifyRequest, MultipartBody>();
  // accepts the request only; the hook below reads its body
  app.addContentTypeParser('multipart/form-data', (request, _payload, done) => {
    multipart.add(request);
    done(hasPreflightHeader(request) ? null : crossSite());
  });
  app.addHook('preHandler', async (request, reply) => {
    if (!multipart.has(request)) return;
    const maxBytes = MAX_MULTIPART_BYTES + options.maxImportBytes;
    const length = Number(request.headers['content-length'] ?? 0);
    if (length > maxBytes) throw new FitroomError('BODY_TOO_LARGE');
    const reader = new RequestParts();
    const body = new MultipartBody(request.raw, { ...LIMITS, maxFileBytes: options.maxImportBytes }, reader);
    bodies.set(request, body);
    reply.raw.once('close', () => body.release());
    body.read();
    const { operations, uploads } = await reader.head;
    request.body = operations;
    if (isImport(request, options, { operations, uploads })) {
      body.limits.maxBytes = maxBytes;
      allowLongBody(request.raw);
    } else {
      if (length > MAX_MULTIPART_BYTES) throw new FitroomError('BODY_TOO_LARGE');
      for (const { upload } of uploads.values()) upload.hold();
    }
  });
  // stops reading parts that no resolver has read; they would keep the connection busy
  app.addHook('onResponse', (request, _reply, done) => {
    bodies.get(request)?.stop();
    done();
  });
}

/** Returns whether the only file of the request is a catalog to import and the caller may import. */
function isImport(
  request: FastifyRequest,
  { persistedText }: MultipartOptions,
  { operations, uploads }: Head,
): boolean {
  const [file, ...others] = uploads.values();
  if (file === undefined || others.length > 0 || !hasPermission(callerOf(request).role, 'catalog:write')) return false;
  const { query, operationName, extensions } = operations;
  const hash = extensions?.persistedQuery?.sha256Hash;
  const text = query ?? (typeof hash === 'string' ? persistedText(request, hash) : undefined);
  if (typeof text !== 'string') return false;
  const imported = importedVariables(text, typeof operationName === 'string' ? operationName : null);
  return file.variables.every((variable) => imported.has(variable));
}

/** Collects operations and map, then passes each file to its upload. */
class RequestParts implements PartReader {
  /** Settles when operations and map are read. */
  readonly head: Promise<Head>;
  private resolve!: (head: Head) => void;
  private reject!: (error: Error) => void;
  private operations: Operations | null = null;
  private uploads: Map<string, PlacedUpload> | null = null;

  constructor() {
    this.head = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.head.catch(() => {});
  }

  field(name: string, value: string): void {
    const parsed = parseJson(value);
    if (name === 'operations') {
      if (this.operations !== null) throw invalid('The body contains `operations` twice.');
      if (typeof parsed !== 'object' || parsed === null) throw invalid('`operations` must be a JSON object.');
      this.operations = parsed;
      return;
    }
    if (this.operations === null || this.uploads !== null) throw invalid('`map` must come once, after `operations`.');
    this.uploads = placeUploads(this.operations, parsed);
    this.resolve({ operations: this.operations, uploads: this.uploads });
  }

  file(name: string, content: Readable): void {
    if (this.uploads === null) throw invalid('Files must come after `operations` and `map`.');
    const placed = this.uploads.get(name);
    // skips a file that the map does not name, and a second file of the same name
    if (placed === undefined || placed.isBegun) content.resume();
    else {
      placed.isBegun = true;
      placed.upload.begin(content);
    }
  }

  end(): void {
    this.reject(invalid('The body has no `operations` and `map`.'));
    this.missRest();
  }

  fail(error: Error): void {
    this.reject(
      error instanceof FitroomError ? error : new FitroomError('BODY_INVALID', undefined, [], { cause: error }),
    );
    this.missRest(error);
  }

  private missRest(cause?: Error): void {
    for (const { upload } of this.uploads?.values() ?? []) upload.miss(cause);
  }
}

/**
 * Parses JSON. Like Fastify it refuses `__proto__` at any depth. @throws FitroomError BODY_INVALID, QUERY_TOO_COMPLEX
 */
function parseJson(text: string): unknown {
  requireSmallJson(Buffer.from(text));
  try {
    return secureJson.parse(text);
  } catch (cause) {
    throw invalid('`operations` and `map` must be JSON.', cause);
  }
}

function hasPreflightHeader({ headers }: FastifyRequest): boolean {
  return PREFLIGHT_HEADERS.some((name) => headers[name] !== undefined && headers[name] !== '');
}

function crossSite(): GraphQLError {
  const names = PREFLIGHT_HEADERS.map((name) => `\`${name}\``).join(' or ');
  return new GraphQLError(`A multipart request must have the header ${names}, which other sites cannot send.`, {
    extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
  });
}

function invalid(message: string, cause?: unknown): FitroomError {
  return new FitroomError('BODY_INVALID', message, [], { cause });
}
