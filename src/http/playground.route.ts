// /playground: GraphiQL with the worked examples. Everything it loads comes from this server: the editor's own published
// browser files, out of node_modules, unbuilt.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { PAGES_DIR } from './page.route.js';
import { readExamples } from './playground.examples.js';
import { serveFile } from './static.files.js';

const require = createRequire(import.meta.url);

/** Package and file in it. */
const ASSETS = [
  ['react', 'umd/react.production.min.js'],
  ['react-dom', 'umd/react-dom.production.min.js'],
  ['graphiql', 'graphiql.min.js'],
  ['graphiql', 'graphiql.min.css'],
] as const;

/** They change with the server's version only. */
const ONE_DAY = 'public, max-age=86400';

export async function servePlayground(app: FastifyInstance): Promise<void> {
  const examples = await readExamples();
  serveFile(app, '/playground', join(PAGES_DIR, 'playground.html'));
  app.get('/playground/examples.json', async () => examples);
  for (const [name, file] of ASSETS)
    serveFile(app, `/playground/${name}/${file}`, join(packageDir(name), file), ONE_DAY);
}

/** Packages need not export their browser files, but their main file tells where they are. */
function packageDir(name: string): string {
  let dir = dirname(require.resolve(name));
  while (!dir.endsWith(join('node_modules', name))) dir = dirname(dir);
  return dir;
}
