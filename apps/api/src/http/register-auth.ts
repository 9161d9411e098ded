import type { FastifyInstance } from 'fastify';
import type { Auth } from '../auth/create-auth.ts';
import { toHeaders } from './to-headers.ts';

/**
 * All of better-auth that can be reached: everything else that it or a later version of it offers is not there. Members
 * and invitations change through our own procedures, which audit and check roles in one place.
 */
export const authEndpoints = [
  { method: 'POST', path: '/sign-in/email' },
  { method: 'POST', path: '/sign-out' },
  { method: 'GET', path: '/get-session' },
  { method: 'POST', path: '/organization/set-active' },
] as const;

/** Hands requests to better-auth, which speaks the web's Request and Response. */
export function registerAuth(server: FastifyInstance, auth: Auth, portalUrl: string): void {
  for (const { method, path } of authEndpoints) {
    server.route({
      method,
      url: `/api/auth${path}`,
      async handler(request, reply) {
        const response = await auth.handler(
          new Request(new URL(request.url, portalUrl), {
            method,
            headers: toHeaders(request),
            ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
          }),
        );
        if (response.status === 401 || response.status === 429) {
          request.log.warn({ address: request.ip, status: response.status }, 'sign-in refused');
        }
        reply.status(response.status);
        for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value);
        for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
        return reply.send(response.body ? Buffer.from(await response.arrayBuffer()) : null);
      },
    });
  }
}
