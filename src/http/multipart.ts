// GraphQL multipart requests: operations and a map first, then files. GraphQL works while the files still arrive.
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

/** All parts together: 100 product photos of 640 kB. They are held in memory until their garment is stored. */
const MAX_MULTIPART_BYTES = MEMORY_BOUNDS.multipartBody.bytes;
const LIMITS = {
  maxBytes: MAX_MULTIPART_BYTES,
  // operations: 100 garments with descriptions of 10,000 Chinese characters
  maxFieldBytes: 4_000_000,
  maxParts: MAX_FILES + 2,
};
/** Other sites cannot send these headers unasked. The GraphQL server wants one of them too, but after the body is parsed. */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'];

export interface MultipartOptions {
  /** Largest file that an import hasPermission bring. It is streamed, never held in memory. */
  maxImportBytes: number;
  /** The text of a persisted query that the caller's role hasPermission name by its hash. */
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

export function readMultipart(app: FastifyInstance, options: MultipartOptions): void {
  const multipart = new WeakSet<FastifyRequest>();
  const bodies = new WeakMap<FastifyRequest, MultipartBody>();
  // this only lets the request through: its body is read while GraphQL already works on it
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
  // parts that no resolver has read would keep the connection busy
  app.addHook('onResponse', (request, _reply, done) => {
    bodies.get(request)?.stop();
    done();
  });
}

/** Whether the only file of the request is a catalog to import, by a caller who hasPermission. */
function isImport(
  request: FastifyRequest,
  { persistedText }: MultipartOptions,
  { operations, uploads }: Head,
): boolean {
  const [only, ...others] = uploads.values();
  if (only === undefined || others.length > 0 || !hasPermission(callerOf(request).role, 'catalog:write')) return false;
  const { query, operationName, extensions } = operations;
  const hash = extensions?.persistedQuery?.sha256Hash;
  const text = query ?? (typeof hash === 'string' ? persistedText(request, hash) : undefined);
  if (typeof text !== 'string') return false;
  const imported = importedVariables(text, typeof operationName === 'string' ? operationName : null);
  return only.variables.every((variable) => imported.has(variable));
}

/** Collects operations and map, then hands each file to its upload. */
class RequestParts implements PartReader {
  /** Settles as soon as operations and map are there. */
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
      if (this.operations !== null) throw invalid('The body has `operations` twice.');
      if (typeof parsed !== 'object' || parsed === null) throw invalid('`operations` is a JSON object.');
      this.operations = parsed;
      return;
    }
    if (this.operations === null || this.uploads !== null) throw invalid('`map` comes once, after `operations`.');
    this.uploads = placeUploads(this.operations, parsed);
    this.resolve({ operations: this.operations, uploads: this.uploads });
  }

  file(name: string, content: Readable): void {
    if (this.uploads === null) throw invalid('Files come after `operations` and `map`.');
    const placed = this.uploads.get(name);
    // a file that the map does not name, or names for the second time
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

/** As Fastify parses JSON bodies: a `__proto__` anywhere is refused. @throws FitroomError BODY_INVALID, QUERY_TOO_COMPLEX */
function parseJson(text: string): unknown {
  requireSmallJson(Buffer.from(text));
  try {
    return secureJson.parse(text);
  } catch (cause) {
    throw invalid('`operations` and `map` are JSON.', cause);
  }
}

function hasPreflightHeader({ headers }: FastifyRequest): boolean {
  return PREFLIGHT_HEADERS.some((name) => headers[name] !== undefined && headers[name] !== '');
}

function crossSite(): GraphQLError {
  const names = PREFLIGHT_HEADERS.map((name) => `\`${name}\``).join(' or ');
  return new GraphQLError(`A multipart request has the header ${names}, which other sites cannot send.`, {
    extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
  });
}

function invalid(message: string, cause?: unknown): FitroomError {
  return new FitroomError('BODY_INVALID', message, [], { cause });
}
