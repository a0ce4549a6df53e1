// Liveness and readiness endpoints for process supervisors and load balancers.
import type { FastifyInstance } from 'fastify';
import type { Readiness } from './readiness.js';

export function serveHealth(app: FastifyInstance, readiness: Pick<Readiness, 'report'>): void {
  app.get('/health/live', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { live: true };
  });
  app.get('/health/ready', async (_request, reply) => {
    const report = await readiness.report();
    reply.header('cache-control', 'no-store').code(report.ready ? 200 : 503);
    return report;
  });
}
