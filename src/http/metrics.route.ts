// The /metrics route for Prometheus.
// The figures cover all stores, so only the deployment's key may read them.
import type { FastifyInstance } from 'fastify';
import { GUARDED, requireDeployment } from './authentication.js';
import type { Metrics } from './metrics.js';

export function serveMetrics(app: FastifyInstance, { registry }: Pick<Metrics, 'registry'>): void {
  app.get('/metrics', GUARDED, async (request, reply) => {
    requireDeployment(request);
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
