import type { FastifyRequest } from 'fastify';
import { clientAddressHeader } from '../auth/create-auth.ts';

/** Node's headers as the web's, with the address of who asks. */
export function toHeaders(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one);
  }
  headers.set(clientAddressHeader, request.ip);
  return headers;
}
