// The worked examples and the editor files that the playground page loads.
// The editor files are the published browser files in node_modules; no build step changes them.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { readExamples } from './playground.examples.js';
import { serveFile } from './static.files.js';

const require = createRequire(import.meta.url);

/** npm package and file in it. */
const ASSETS = [
  ['react', 'umd/react.production.min.js'],
  ['react-dom', 'umd/react-dom.production.min.js'],
  ['graphiql', 'graphiql.min.js'],
  ['graphiql', 'graphiql.min.css'],
] as const;

/** The files change only with the server's version. */
const ONE_DAY = 'public, max-age=86400';

export async function servePlayground(app: FastifyInstance): Promise<void> {
  const examples = await readExamples();
  app.get('/playground/examples.json', async () => examples);
  for (const [name, file] of ASSETS)
    serveFile(app, `/playground/${name}/${file}`, join(packageDir(name), file), ONE_DAY);
}

/** Returns the package's folder. It starts at the main file because packages need not export their browser files. */
function packageDir(name: string): string {
  let dir = dirname(require.resolve(name));
  while (!dir.endsWith(join('node_modules', name))) dir = dirname(dir);
  return dir;
}
