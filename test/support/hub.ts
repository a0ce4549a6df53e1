// A model hub on loopback: the part of the hub's HTTP interface that the client uses to pull files.
// It serves folders of test/fixtures/hub as repositories. A test can make it send wrong bytes or break off.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/config.js';

const REPOSITORIES = join(PROJECT_ROOT, 'test', 'fixtures', 'hub');
/** Commit that every branch points to. */
export const COMMIT = 'c0ffee0000000000000000000000000000000000';

export class TestHub {
  /** Method, path and range of every request, separated by spaces. */
  readonly visits: string[] = [];
  /** Functions that change the sent bytes, by path of the file. The reported size and hash stay correct. */
  readonly corrupted = new Map<string, (bytes: Buffer) => Buffer>();
  /** Number of bytes after which transfers break off, by path of the file. */
  readonly breaksOff = new Map<string, number>();
  /** Size that the hub reports, by path of the file. */
  readonly claims = new Map<string, number>();
  private server: Server;

  static async start(): Promise<TestHub> {
    const hub = new TestHub();
    hub.server = createServer((request, response) => hub.answer(request, response));
    await new Promise<void>((resolve) => hub.server.listen(0, '127.0.0.1', resolve));
    return hub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Removes all faults and clears the recorded visits. */
  reset(): void {
    for (const faults of [this.corrupted, this.breaksOff, this.claims]) faults.clear();
    this.visits.length = 0;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url!, this.url);
    this.visits.push([request.method, pathname, request.headers.range].filter(Boolean).join(' '));
    const tree = /^\/api\/models\/([^/]+\/[^/]+)\/tree\/([^/]+)$/.exec(pathname);
    const info = /^\/api\/models\/([^/]+\/[^/]+)\/revision\/([^/]+)$/.exec(pathname);
    const file = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(pathname);
    const stored = /^\/storage\/([^/]+\/[^/]+)\/(.+)$/.exec(pathname);
    const repository = (tree ?? info ?? file ?? stored)?.[1];
    if (!repository || !this.files(repository).length)
      return json(response, 401, { error: 'Invalid username or password.' });
    if (info) return json(response, 200, { _id: '1', id: repository, sha: COMMIT, lastModified: '2026-01-01' });
    if (tree) return json(response, 200, this.tree(repository));
    if (stored) return this.send(request, response, { repository, path: stored[2]! });
    if (isLarge(file![3]!)) {
      // Large files are served from another URL, as behind a content delivery network.
      response.writeHead(302, { location: `/storage/${repository}/${file![3]!}` }).end();
      return;
    }
    this.send(request, response, { repository, path: file![3]! });
  }

  private tree(repository: string): object[] {
    return this.files(repository).map((path) => {
      const bytes = readFileSync(join(REPOSITORIES, repository, path));
      const size = this.claims.get(path) ?? bytes.length;
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const oid = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
      const lfs = isLarge(path) ? { lfs: { oid: sha256, size, pointerSize: 134 } } : {};
      return { type: 'file', path, size, oid, ...lfs };
    });
  }

  private send(
    request: IncomingMessage,
    response: ServerResponse,
    { repository, path }: { repository: string; path: string },
  ): void {
    if (!this.files(repository).includes(path)) {
      response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end();
      return;
    }
    const whole = readFileSync(join(REPOSITORIES, repository, path));
    const bytes = this.corrupted.get(path)?.(Buffer.from(whole)) ?? whole;
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const from = Number(range?.[1] ?? 0);
    const to = range?.[2] ? Number(range[2]) : bytes.length - 1;
    const part = bytes.subarray(from, to + 1);
    const headers = { 'content-length': part.length, etag: '"e"', 'content-type': 'application/octet-stream' };
    response.writeHead(range ? 206 : 200, { ...headers, 'content-range': `bytes ${from}-${to}/${bytes.length}` });
    const limit = this.breaksOff.get(path);
    if (limit === undefined || part.length <= limit) response.end(part);
    else response.write(part.subarray(0, limit), () => setTimeout(() => response.destroy(), 50));
  }

  private files(repository: string): string[] {
    try {
      const entries = readdirSync(join(REPOSITORIES, repository), { recursive: true, withFileTypes: true });
      const root = join(REPOSITORIES, repository);
      return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name).slice(root.length + 1));
    } catch {
      return [];
    }
  }
}

function isLarge(path: string): boolean {
  return path.endsWith('.onnx');
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
