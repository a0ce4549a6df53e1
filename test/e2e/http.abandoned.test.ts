// The signal of a GraphQL request: it aborts when the client disconnects before the response.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { requestSignal } from '../../src/request.scope.js';
import { withStubServer } from '../support/stub.server.js';

const signals: (AbortSignal | undefined)[] = [];
let arrived: () => void = () => {};
let release: () => void = () => {};

/** A server that handles a GraphQL request only when the test releases it. */
const server = withStubServer({
  serve: async (_store, work) => {
    signals.push(requestSignal());
    arrived();
    await new Promise<void>((resolve) => (release = resolve));
    return work({} as never);
  },
});

const BODY = '{"query":"{ __typename }"}';
const REQUEST = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;

async function sendRequest(): Promise<{ socket: Socket; signal: AbortSignal }> {
  const handled = new Promise<void>((resolve) => (arrived = resolve));
  const socket = connect(server.port, '127.0.0.1').on('error', () => undefined);
  socket.write(REQUEST);
  await handled;
  return { socket, signal: signals.at(-1)! };
}

describe('the signal of a GraphQL request', () => {
  it('aborts when the client closes its connection before the response', async () => {
    const { socket, signal } = await sendRequest();
    expect(signal.aborted).toBe(false);
    const aborted = once(signal, 'abort');
    socket.destroy();
    await aborted;
    release();
  });

  it('does not abort when the client closes its connection after the response', async () => {
    const { socket, signal } = await sendRequest();
    release();
    await once(socket, 'data');
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(signal.aborted).toBe(false);
  });
});
