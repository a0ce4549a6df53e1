// / : the storefront page, as `npm run build` made it. Its files are named by their content, so browsers keep them; the page
// itself is asked for anew each time.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { PROJECT_ROOT } from '../config.js';
import { StartupError } from '../errors.js';
import { serveFile } from './page.route.js';

/** Under the same folder whether the server runs built or from its sources. */
const STOREFRONT_DIR = join(PROJECT_ROOT, 'dist', 'storefront');
const FOR_EVER = 'public, max-age=31536000, immutable';

/** @throws StartupError where the page was not built */
export async function serveStorefront(app: FastifyInstance): Promise<void> {
  const page = join(STOREFRONT_DIR, 'index.html');
  if (!(await stat(page).catch(() => null))) {
    throw new StartupError('The storefront page is not built: `npm run build` makes it, as `npm start` does.');
  }
  serveFile(app, '/', page);
  const assets = join(STOREFRONT_DIR, 'assets');
  for (const file of await readdir(assets)) serveFile(app, `/storefront/assets/${file}`, join(assets, file), FOR_EVER);
}
