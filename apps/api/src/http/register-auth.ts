import type { FastifyInstance } from 'fastify';
import type { Auth } from '../auth/create-auth.ts';
import { toHeaders } from './to-headers.ts';

/** Hands `/api/auth/*` to better-auth, which speaks the web's Request and Response. */
export function registerAuth(server: FastifyInstance, auth: Auth, portalUrl: string): void {
  server.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    async handler(request, reply) {
      const response = await auth.handler(
        new Request(new URL(request.url, portalUrl), {
          method: request.method,
          headers: toHeaders(request),
          ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        }),
      );
      reply.status(response.status);
      for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value);
      for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
      return reply.send(response.body ? Buffer.from(await response.arrayBuffer()) : null);
    },
  });
}
