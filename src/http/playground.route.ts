// /playground: GraphiQL with the worked examples. Everything it loads comes from this server: the editor's own published
// browser files, out of node_modules, unbuilt.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { PAGES_DIR } from './page.route.js';
import { readExamples } from './playground.examples.js';

const require = createRequire(import.meta.url);

/** Package, file in it, media type. */
const ASSETS = [
  ['react', 'umd/react.production.min.js', 'text/javascript'],
  ['react-dom', 'umd/react-dom.production.min.js', 'text/javascript'],
  ['graphiql', 'graphiql.min.js', 'text/javascript'],
  ['graphiql', 'graphiql.min.css', 'text/css'],
] as const;

export async function servePlayground(app: FastifyInstance): Promise<void> {
  const examples = await readExamples();
  app.get('/playground', async (_request, reply) => {
    reply.type('text/html; charset=utf-8');
    return readFile(join(PAGES_DIR, 'playground.html'));
  });
  app.get('/playground/examples.json', async () => examples);
  for (const [name, file, type] of ASSETS) {
    // packages need not export their package.json or browser files, but their main file tells where they are
    const path = join(packageDir(name), file);
    app.get(`/playground/${name}/${file}`, async (_request, reply) => {
      reply.type(`${type}; charset=utf-8`).header('cache-control', 'public, max-age=86400');
      return readFile(path);
    });
  }
}

function packageDir(name: string): string {
  let dir = dirname(require.resolve(name));
  while (!dir.endsWith(join('node_modules', name))) dir = dirname(dir);
  return dir;
}
