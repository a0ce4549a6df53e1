// Connections that stall, send one byte at a time, break off, or never read the responses.
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { Fault, fuzzKind, sizeUpTo, someCaller, type FuzzCaller, type FuzzKind } from './fuzz.case.js';
import { VALID_OPERATIONS } from './operations.js';
import { bytesOf, openSocket } from './raw.http.js';
import type { WatchedServer } from './watched.server.js';

const FORMS = [
  'silent',
  'half a head',
  'half a body',
  'a byte at a time',
  'broken off',
  'no HTTP',
  'not read',
] as const;
const PATHS = [
  '/playground/graphiql/graphiql.min.js',
  '/playground',
  '/insights',
  '/metrics',
  '/graphql?query={__schema{types{name}}}',
  '/graphql',
  '/none',
] as const;

interface Connections {
  caller: FuzzCaller;
  form: (typeof FORMS)[number];
  path: (typeof PATHS)[number];
  connections: number;
  /** Number of pipelined requests on each connection. */
  requests: number;
  holdMs: number;
}

const connections: fc.Arbitrary<Connections> = fc.record({
  caller: someCaller,
  form: fc.constantFrom(...FORMS, 'not read' as const),
  path: fc.constantFrom(...PATHS),
  connections: sizeUpTo(50),
  requests: sizeUpTo(5_000),
  holdMs: fc.integer({ min: 0, max: 500 }),
});

/** Twice the buffers of 50 connections with 1 MB each. */
const MAX_BUFFERED_BYTES = 150_000_000;
/** Time in which unread responses may accumulate. */
const ACCUMULATION_MS = 4_000;

function requestsOf({ path, requests, caller }: Connections, { headersOf }: WatchedServer): Buffer {
  const headers = { connection: 'keep-alive', ...headersOf(caller) };
  const request =
    path === '/graphql'
      ? bytesOf({
          path,
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(VALID_OPERATIONS[0]),
        })
      : bytesOf({ method: 'GET', path, headers });
  return Buffer.concat(Array.from({ length: requests }, () => request));
}

async function speak(socket: Socket, input: Connections, server: WatchedServer): Promise<void> {
  const request = requestsOf({ ...input, requests: 1, path: '/graphql' }, server);
  switch (input.form) {
    case 'silent':
      return;
    case 'half a head':
      return void socket.write(request.subarray(0, 30));
    case 'half a body':
      return void socket.write(request.subarray(0, -20));
    case 'a byte at a time':
      for (let at = 0; at < 20; at++) {
        socket.write(request.subarray(at, at + 1));
        await sleep(input.holdMs / 20);
      }
      return;
    case 'broken off':
      socket.write(requestsOf({ ...input, requests: Math.min(input.requests, 100) }, server));
      await sleep(input.holdMs / 10);
      return void socket.resetAndDestroy();
    case 'no HTTP':
      return void socket.write(Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0016\u0003\u0001\0\0', 'latin1'));
    case 'not read':
      return void socket.pause().write(requestsOf(input, server));
  }
}

/** Checks memory while responses are not read. @throws Fault if they accumulate in memory */
async function requireBounded(server: WatchedServer, before: number): Promise<void> {
  for (const until = Date.now() + ACCUMULATION_MS; Date.now() < until; await sleep(250)) {
    const inUse = (await server.report())?.heldBytes ?? 0;
    if (inUse - before < MAX_BUFFERED_BYTES) continue;
    // Garbage of other cases does not belong to these connections.
    const retained = (await server.report({ collect: true }))?.heldBytes ?? 0;
    if (retained - before > MAX_BUFFERED_BYTES)
      throw new Fault(`Unread responses hold ${Math.round((retained - before) / 1e6)} MB.`);
  }
}

const unread = { caller: 'NOBODY', form: 'not read', holdMs: 0 } as const;

export const sockets: FuzzKind = fuzzKind({
  name: 'sockets',
  share: 3,
  arbitrary: connections,
  known: {
    '2,000 GETs of a static file on one socket': { ...unread, path: PATHS[0], connections: 1, requests: 2_000 },
    '50 GETs of a static file on each of 40 sockets': { ...unread, path: PATHS[0], connections: 40, requests: 50 },
    '2,000 operations on one socket': {
      ...unread,
      caller: 'STOREFRONT',
      path: '/graphql',
      connections: 1,
      requests: 2_000,
    },
  },
  isLarge: ({ form }) => form === 'not read',
  async run(input, server) {
    const before = input.form === 'not read' ? (await server.report({ collect: true }))?.heldBytes : undefined;
    const opened = Array.from({ length: input.connections }, () => openSocket(server.port));
    try {
      await Promise.all(opened.map((socket) => speak(socket, input, server)));
      if (before !== undefined && input.requests * input.connections > 20) await requireBounded(server, before);
      await sleep(input.holdMs);
    } finally {
      for (const socket of opened) socket.destroy();
    }
  },
});
