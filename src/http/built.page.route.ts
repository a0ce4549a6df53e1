// / and /insights: the pages that `npm run build` made. Their files are named by their content, so browsers keep them; the pages
// themselves are asked for anew each time.
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { PROJECT_ROOT } from '../config.js';
import { StartupError } from '../errors.js';
import { mediaTypeOf } from './page.route.js';

/** The same folder whether the server runs built or from its sources. */
const BUILT_DIR = join(PROJECT_ROOT, 'dist', 'pages');
/** Where a page is, and its folder. */
const PAGES = [
  ['/', 'storefront'],
  ['/insights', 'insights'],
] as const;
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Fonts come packed. */
const PACKED = ['.woff2'];

/** @throws StartupError where the pages were not built */
export async function serveBuiltPages(app: FastifyInstance): Promise<void> {
  for (const [address, folder] of PAGES) {
    const page = join(BUILT_DIR, folder, 'index.html');
    if (!(await stat(page).catch(() => null))) {
      throw new StartupError(`The ${folder} page is not built: \`npm run build\` makes it, as \`npm start\` does.`);
    }
    await servePacked(app, address, page, 'no-cache');
  }
  const assets = join(BUILT_DIR, 'assets');
  for (const file of await readdir(assets))
    await servePacked(app, `/pages/assets/${file}`, join(assets, file), FOR_EVER);
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
