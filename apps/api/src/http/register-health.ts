import type { FastifyInstance } from 'fastify';

/** `/healthz`: the process runs. `/readyz`: it can do its work; a load balancer sends requests only then. */
export function registerHealth(server: FastifyInstance, checks: { ready(): Promise<void> }): void {
  server.get('/healthz', { logLevel: 'silent' }, () => ({ status: 'ok' }));
  server.get('/readyz', { logLevel: 'silent' }, async (request, reply) => {
    try {
      await checks.ready();
      return { status: 'ready' };
    } catch (error) {
      request.log.warn({ err: error }, 'not ready');
      return reply.code(503).send({ status: 'not-ready' });
    }
  });
}
