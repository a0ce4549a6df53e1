// The HTTP server over stub parts, without a model and a database.
import type { Socket } from 'node:net';
import { pino, type Logger } from 'pino';
import { createMetrics } from '../../src/http/metrics.js';
import { createHttpServer, type HttpServerParts } from '../../src/http/server.js';

export interface StubServer {
  readonly port: number;
  readonly url: string;
  /** Returns the number of open connections. */
  open(): number;
}

/**
 * Starts the server before all tests of the file and stops it after them. Every caller has the role of the deployment.
 */
export function withStubServer(parts: Partial<HttpServerParts> = {}): StubServer {
  let server: Awaited<ReturnType<typeof createHttpServer>> | undefined;
  let url = '';
  beforeAll(async () => {
    server = await createHttpServer({ ...stubParts(parts.logger ?? pino({ level: 'silent' })), ...parts });
    server.server.on('connection', (socket: Socket) => {
      open++;
      socket.once('close', () => open--);
    });
    url = await server.listen({ port: 0, host: '127.0.0.1' });
  });
  let open = 0;
  afterAll(() => server?.close());
  return {
    get port() {
      return Number(new URL(url).port);
    },
    get url() {
      return url;
    },
    open: () => open,
  };
}

export function stubParts(logger: Logger): HttpServerParts {
  return {
    config: { corsOrigins: [], publicUrl: null, maxImportBytes: 100_000_000, databaseUrl: null, databasePoolSize: 10 },
    logger,
    serve: (_store: unknown, work: (services: object) => Promise<unknown>) => work({}),
    access: { identify: () => Promise.resolve({ role: 'DEPLOYMENT', keyId: null, store: { storeId: 'default' } }) },
    catalog: { picture: () => Promise.resolve(null) },
    looks: { draw: () => Promise.resolve(null) },
    readiness: { report: () => Promise.resolve({ ready: true }), isDraining: false },
    metrics: createMetrics(),
    database: { pool: { totalCount: 0, idleCount: 0, waitingCount: 0 } },
  } as unknown as HttpServerParts;
}
