// The pages: those that `npm run build` made, and the plain files in src/http/pages that all pages share.
import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { PROJECT_ROOT } from '../config.js';
import { StartupError } from '../errors.js';
import { ASK_AGAIN, FOREVER, serveFile } from './static.files.js';

export const PAGES_DIR = join(PROJECT_ROOT, 'src', 'http', 'pages');

/** The same folder whether the server runs built or from its sources. */
const BUILT_DIR = join(PROJECT_ROOT, 'dist', 'pages');
/** The address of each built page, and its folder. */
const BUILT_PAGES = [
  ['/', 'storefront'],
  ['/insights', 'insights'],
] as const;
/** In PAGES_DIR lie the sources of the built pages too. */
const SERVED = ['.html', '.css', '.js', '.svg'];

/** @throws StartupError if the pages were not built */
export async function servePages(app: FastifyInstance): Promise<void> {
  for (const [address, folder] of BUILT_PAGES) {
    const page = join(BUILT_DIR, folder, 'index.html');
    if (!(await stat(page).catch(() => null))) {
      throw new StartupError(`The ${folder} page is not built: \`npm run build\` makes it, as \`npm start\` does.`);
    }
    serveFile(app, address, page, ASK_AGAIN);
  }
  const assets = join(BUILT_DIR, 'assets');
  for (const name of await filesIn(assets))
    if (extname(name) !== '.gz') serveFile(app, `/pages/assets/${name}`, join(assets, name), FOREVER);
  for (const name of await filesIn(PAGES_DIR))
    if (SERVED.includes(extname(name))) serveFile(app, `/pages/${name}`, join(PAGES_DIR, name));
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
