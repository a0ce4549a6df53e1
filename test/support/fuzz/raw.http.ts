// HTTP over a bare socket, so that a test can send any malformed request.
import { connect, type Socket } from 'node:net';

export interface RawResponse {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

export interface RawRequest {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: Uint8Array | string;
  /** Sends the body in chunks, without its length. */
  isChunked?: boolean;
}

/** Time limit for a response of a loaded server. */
const RESPONSE_WITHIN_MS = 30_000;

export interface Expected {
  /** True: the response ends with its head, like a response to HEAD. */
  noBody?: boolean;
  withinMs?: number;
}

/** Returns the bytes of a request. The server closes the connection after its response. */
export function bytesOf({
  method = 'POST',
  path = '/graphql',
  headers = {},
  body = '',
  isChunked,
}: RawRequest): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.length);
  const framing: Record<string, string> = isChunked
    ? { 'transfer-encoding': 'chunked' }
    : { 'content-length': String(bytes.length) };
  const allHeaders = { host: 'fuzz.example', connection: 'close', ...(method === 'GET' ? {} : framing), ...headers };
  const lines = Object.entries(allHeaders).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
  if (method === 'GET') return head;
  return Buffer.concat(isChunked ? [head, ...chunksOf(bytes)] : [head, bytes]);
}

function chunksOf(bytes: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 65_536) {
    const part = bytes.subarray(at, at + 65_536);
    chunks.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  return [...chunks, Buffer.from('0\r\n\r\n')];
}

/**
 * Sends bytes and reads one response.
 * @returns null if the connection ended without a response; 'silent' if none came in time
 */
export async function exchange(
  port: number,
  message: Uint8Array,
  { noBody = false, withinMs = RESPONSE_WITHIN_MS }: Expected = {},
): Promise<RawResponse | null | 'silent'> {
  const socket = openSocket(port);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const timer = setTimeout(() => finish('silent'), withinMs);
    const finish = (outcome?: 'silent'): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome ?? parseResponse(Buffer.concat(chunks), noBody));
    };
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes < 1_000_000 && isComplete(Buffer.concat(chunks), noBody)) finish();
    });
    socket.once('end', () => finish());
    socket.once('close', () => finish());
    socket.write(message);
  });
}

/** Opens a connection and ignores its errors. */
export function openSocket(port: number): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  return socket;
}

/** Sends one request and reads its response. */
export function sendRequest(port: number, request: RawRequest): Promise<RawResponse | null | 'silent'> {
  return exchange(port, bytesOf(request), { noBody: request.method === 'HEAD' });
}

interface Head {
  status: number;
  headers: Record<string, string>;
  bodyAt: number;
}

function parseHead(bytes: Buffer): Head | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [first, ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first!)?.[1]);
  // An interim response precedes the final response.
  if (status < 200) {
    const next = parseHead(bytes.subarray(end + 4));
    return next && { ...next, bodyAt: next.bodyAt + end + 4 };
  }
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { status, headers, bodyAt: end + 4 };
}

function isComplete(bytes: Buffer, noBody: boolean): boolean {
  const head = parseHead(bytes);
  if (head === null) return false;
  if (noBody || head.status === 304 || head.status === 204) return true;
  const length = head.headers['content-length'];
  if (length !== undefined) return bytes.length >= head.bodyAt + Number(length);
  return head.headers['transfer-encoding'] === 'chunked' && bytes.subarray(-5).toString() === '0\r\n\r\n';
}

function parseResponse(bytes: Buffer, noBody: boolean): RawResponse | null {
  const head = parseHead(bytes);
  if (head === null) return null;
  const { status, headers, bodyAt } = head;
  const body = noBody ? Buffer.alloc(0) : bytes.subarray(bodyAt);
  return { status, headers, body: headers['transfer-encoding'] === 'chunked' ? joinChunks(body) : body };
}

function joinChunks(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const lineEnd = body.indexOf('\r\n', at);
    const length = parseInt(body.toString('latin1', at, lineEnd), 16);
    if (lineEnd < 0 || !(length > 0)) break;
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + length));
    at = lineEnd + 4 + length;
  }
  return Buffer.concat(parts);
}
