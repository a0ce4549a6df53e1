// The files that the playground is made of and that it shares with the other pages, as they lie in the repository: nothing is
// built. Only files that are named or lie there at the start are served; no address becomes a path.
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { PROJECT_ROOT } from '../config.js';

export const PAGES_DIR = join(PROJECT_ROOT, 'src', 'http', 'pages');

const MEDIA_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export async function servePages(app: FastifyInstance): Promise<void> {
  const entries = await readdir(PAGES_DIR, { withFileTypes: true });
  // beside them lie the sources of the pages that are built
  const isServed = (name: string): boolean => extname(name) in MEDIA_TYPES;
  for (const { name } of entries.filter((entry) => entry.isFile() && isServed(entry.name)))
    serveFile(app, `/pages/${name}`, join(PAGES_DIR, name));
}

/** One file at one address. @param path absolute; its ending says its media type */
export function serveFile(app: FastifyInstance, address: string, path: string, cacheControl = 'no-cache'): void {
  const type = mediaTypeOf(path);
  app.get(address, async (_request, reply) => {
    const bytes = await readFile(path);
    return reply.type(type).header('cache-control', cacheControl).send(bytes);
  });
}

/** @throws Error for a file that pages are not made of */
export function mediaTypeOf(path: string): string {
  const type = MEDIA_TYPES[extname(path)];
  if (type === undefined) throw new Error(`no media type is known for ${path}`);
  return type;
}
