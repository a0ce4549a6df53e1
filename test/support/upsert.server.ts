// A loopback server that accepts upsertGarments in the format of the GraphQL multipart specification.
// It responds as a test tells it, for failures that a healthy server cannot be made to produce.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface ReceivedCall {
  skus: string[];
  /** Pictures as text, by SKU. */
  pictures: Record<string, string>;
  dryRun: boolean;
  headers: IncomingMessage['headers'];
}

/** The response: a GraphQL body with its status. 'hang up' breaks the connection off. */
export type Reply = { status?: number; body: unknown } | 'hang up';

export interface UpsertServer {
  address: string;
  calls: ReceivedCall[];
  /** Largest number of calls in progress at the same time. */
  mostAtOnce: number;
  close(): Promise<void>;
}

export function stored(call: ReceivedCall, more: object = {}): Reply {
  const upsertGarments = { created: call.skus.length, updated: 0, userErrors: [], warnings: [], ...more };
  return { body: { data: { upsertGarments } } };
}

export function refused(code: string, message = 'refused'): Reply {
  return { body: { errors: [{ message, extensions: { code } }] } };
}

/** Starts the server. @param reply called with each call and its number, from 0 */
export async function startUpsertServer(
  reply: (call: ReceivedCall, number: number) => Reply | Promise<Reply>,
): Promise<UpsertServer> {
  const state = { calls: [] as ReceivedCall[], mostAtOnce: 0 };
  let inProgress = 0;
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const call = await receive(request);
    state.mostAtOnce = Math.max(state.mostAtOnce, ++inProgress);
    const result = await reply(call, state.calls.push(call) - 1);
    inProgress -= 1;
    if (result === 'hang up') return void request.socket.destroy();
    response.writeHead(result.status ?? 200, { 'content-type': 'application/json' });
    response.end(typeof result.body === 'string' ? result.body : JSON.stringify(result.body));
  };
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    address: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

async function receive(request: IncomingMessage): Promise<ReceivedCall> {
  const body = await buffer(request);
  const type = request.headers['content-type']!;
  const form = type.startsWith('multipart/')
    ? await new Response(body, { headers: { 'content-type': type } }).formData()
    : new FormData();
  const operations = JSON.parse(fieldOf(form, 'operations') ?? body.toString()) as {
    variables: { garments?: { sku: string }[]; dryRun?: boolean };
  };
  const map = JSON.parse(fieldOf(form, 'map') ?? '{}') as Record<string, string[]>;
  const skus = (operations.variables.garments ?? []).map(({ sku }) => sku);
  const pictures: Record<string, string> = {};
  for (const [name, [path]] of Object.entries(map)) {
    const sku = skus[Number(path!.split('.')[2])]!;
    pictures[sku] = await (form.get(name) as File).text();
  }
  return { skus, pictures, dryRun: operations.variables.dryRun ?? false, headers: request.headers };
}

function fieldOf(form: FormData, name: string): string | null {
  const value = form.get(name);
  return typeof value === 'string' ? value : null;
}
