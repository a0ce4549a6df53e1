// / : the storefront page, as `npm run build` made it. Its files are named by their content, so browsers keep them; the page
// itself is asked for anew each time.
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { PROJECT_ROOT } from '../config.js';
import { StartupError } from '../errors.js';
import { mediaTypeOf } from './page.route.js';

/** The same folder whether the server runs built or from its sources. */
const STOREFRONT_DIR = join(PROJECT_ROOT, 'dist', 'storefront');
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Fonts come packed. */
const PACKED = ['.woff2'];

/** @throws StartupError where the page was not built */
export async function serveStorefront(app: FastifyInstance): Promise<void> {
  const page = join(STOREFRONT_DIR, 'index.html');
  if (!(await stat(page).catch(() => null))) {
    throw new StartupError('The storefront page is not built: `npm run build` makes it, as `npm start` does.');
  }
  await servePacked(app, '/', page, 'no-cache');
  const assets = join(STOREFRONT_DIR, 'assets');
  for (const file of await readdir(assets))
    await servePacked(app, `/storefront/assets/${file}`, join(assets, file), FOR_EVER);
}

/** One file from memory, packed for browsers that say they can unpack it: a third of the bytes on a phone's network. */
async function servePacked(app: FastifyInstance, address: string, path: string, cacheControl: string): Promise<void> {
  const bytes = await readFile(path);
  const packed = PACKED.includes(extname(path)) ? null : gzipSync(bytes);
  const type = mediaTypeOf(path);
  app.get(address, async ({ headers }, reply) => {
    reply.type(type).header('cache-control', cacheControl);
    if (packed === null) return reply.send(bytes);
    reply.header('vary', 'accept-encoding');
    if (!/\bgzip\b/.test(headers['accept-encoding'] ?? '')) return reply.send(bytes);
    return reply.header('content-encoding', 'gzip').send(packed);
  });
}
