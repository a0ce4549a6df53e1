// HTTP over a bare socket, so that requests may be as wrong as a test wants them.
import { connect, type Socket } from 'node:net';

export interface Answer {
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

/** The slowest honest answer of a loaded server. */
const ANSWERS_WITHIN_MS = 30_000;

export interface Expected {
  /** Whether the answer ends with its head, as that to HEAD. */
  noBody?: boolean;
  withinMs?: number;
}

/** The head and body as they are written. The server closes the connection after its answer. */
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
  const all = { host: 'fuzz.example', connection: 'close', ...(method === 'GET' ? {} : framing), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
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
 * Sends bytes and reads one answer.
 * @returns null where the connection ended without an answer; 'silent' where none came in time
 */
export async function exchange(
  port: number,
  message: Uint8Array,
  { noBody = false, withinMs = ANSWERS_WITHIN_MS }: Expected = {},
): Promise<Answer | null | 'silent'> {
  const socket = openSocket(port);
  return new Promise((resolve) => {
    const read: Buffer[] = [];
    let bytes = 0;
    const timer = setTimeout(() => finish('silent'), withinMs);
    const finish = (answer?: 'silent'): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer ?? answerIn(Buffer.concat(read), noBody));
    };
    socket.on('data', (chunk: Buffer) => {
      read.push(chunk);
      bytes += chunk.length;
      if (bytes < 1_000_000 && isWhole(Buffer.concat(read), noBody)) finish();
    });
    socket.once('end', () => finish());
    socket.once('close', () => finish());
    socket.write(message);
  });
}

/** A connection whose failures are none of the test's. */
export function openSocket(port: number): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  return socket;
}

/** Sends one request and reads its answer. */
export function ask(port: number, request: RawRequest): Promise<Answer | null | 'silent'> {
  return exchange(port, bytesOf(request), { noBody: request.method === 'HEAD' });
}

interface Head {
  status: number;
  headers: Record<string, string>;
  bodyAt: number;
}

function headIn(bytes: Buffer): Head | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [first, ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first!)?.[1]);
  // an interim answer comes ahead of the answer
  if (status < 200) {
    const next = headIn(bytes.subarray(end + 4));
    return next && { ...next, bodyAt: next.bodyAt + end + 4 };
  }
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { status, headers, bodyAt: end + 4 };
}

function isWhole(bytes: Buffer, noBody: boolean): boolean {
  const head = headIn(bytes);
  if (head === null) return false;
  if (noBody || head.status === 304 || head.status === 204) return true;
  const length = head.headers['content-length'];
  if (length !== undefined) return bytes.length >= head.bodyAt + Number(length);
  return head.headers['transfer-encoding'] === 'chunked' && bytes.subarray(-5).toString() === '0\r\n\r\n';
}

function answerIn(bytes: Buffer, noBody: boolean): Answer | null {
  const head = headIn(bytes);
  if (head === null) return null;
  const { status, headers, bodyAt } = head;
  const body = noBody ? Buffer.alloc(0) : bytes.subarray(bodyAt);
  return { status, headers, body: headers['transfer-encoding'] === 'chunked' ? unchunked(body) : body };
}

function unchunked(body: Buffer): Buffer {
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
