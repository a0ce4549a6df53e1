// The pages that `npm run build` makes, and the icon that they share.
import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { PROJECT_ROOT } from '../config.js';
import { StartupError } from '../errors.js';
import { FOREVER, REVALIDATE, serveFile } from './static.files.js';

const ICON = join(PROJECT_ROOT, 'src', 'http', 'pages', 'mark.svg');

/** The folder is the same for the built server and for the server that runs from its sources. */
const BUILT_DIR = join(PROJECT_ROOT, 'dist', 'pages');
/** The URL path of each page, and its folder. */
const PAGES = [
  ['/', 'storefront'],
  ['/insights', 'insights'],
  ['/playground', 'playground'],
] as const;

/** @throws StartupError if the pages are not built */
export async function servePages(app: FastifyInstance): Promise<void> {
  for (const [address, folder] of PAGES) {
    const page = join(BUILT_DIR, folder, 'index.html');
    if (!(await stat(page).catch(() => null))) {
      throw new StartupError(`The ${folder} page is not built. Run \`npm run build\`, or start with \`npm start\`.`);
    }
    serveFile(app, address, page, REVALIDATE);
  }
  const assets = join(BUILT_DIR, 'assets');
  for (const name of await fileNames(assets))
    if (extname(name) !== '.gz') serveFile(app, `/pages/assets/${name}`, join(assets, name), FOREVER);
  serveFile(app, '/pages/mark.svg', ICON);
}

async function fileNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
