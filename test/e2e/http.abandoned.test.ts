// The scope of a GraphQL request: its signal aborts when the client disconnects before the answer.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { pino } from 'pino';
import { createHttpServer, type HttpServerParts } from '../../src/http/server.js';
import { createMetrics } from '../../src/http/metrics.js';
import { requestSignal } from '../../src/request.scope.js';

const signals: (AbortSignal | undefined)[] = [];
let arrived: () => void = () => {};
let release: () => void = () => {};

/** A server whose handling of GraphQL waits until the test releases it. */
const parts = {
  config: { corsOrigins: [], publicUrl: null, maxImportBytes: 1_000_000 },
  logger: pino({ level: 'silent' }),
  serve: async (_store: unknown, work: (services: object) => Promise<unknown>) => {
    signals.push(requestSignal());
    arrived();
    await new Promise<void>((resolve) => (release = resolve));
    return work({});
  },
  access: { identify: () => Promise.resolve({ role: 'DEPLOYMENT', keyId: null, store: { storeId: 'default' } }) },
  catalog: {},
  looks: {},
  readiness: { report: () => Promise.resolve({ ready: true }) },
  metrics: createMetrics(),
  database: { pool: { open: 0, idle: 0, waiting: 0 } },
} as unknown as HttpServerParts;

const BODY = '{"query":"{ __typename }"}';
const REQUEST = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;

let port: number;
let server: Awaited<ReturnType<typeof createHttpServer>>;
beforeAll(async () => {
  server = await createHttpServer(parts);
  port = Number(new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(() => server.close());

async function sendRequest(): Promise<{ socket: Socket; signal: AbortSignal }> {
  const handled = new Promise<void>((resolve) => (arrived = resolve));
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  socket.write(REQUEST);
  await handled;
  return { socket, signal: signals.at(-1)! };
}

describe('the signal of a GraphQL request', () => {
  it('aborts when the client closes its connection before the answer', async () => {
    const { socket, signal } = await sendRequest();
    expect(signal.aborted).toBe(false);
    const aborted = once(signal, 'abort');
    socket.destroy();
    await aborted;
    release();
  });

  it('does not abort when the client closes its connection after the answer', async () => {
    const { socket, signal } = await sendRequest();
    release();
    await once(socket, 'data');
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(signal.aborted).toBe(false);
  });
});
