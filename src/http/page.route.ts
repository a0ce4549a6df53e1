// The start page and the files that pages are made of. They are sent as they lie in the repository: nothing is built.
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { PROJECT_ROOT } from '../config.js';

export const PAGES_DIR = join(PROJECT_ROOT, 'src', 'http', 'pages');

export async function servePages(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, { root: PAGES_DIR, prefix: '/pages/', index: false, list: false });
  app.get('/', async (_request, reply) => reply.sendFile('start.html', PAGES_DIR));
}
