import { connect as connectPlain, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { once } from 'node:events';
import type { Check } from '../check.ts';
import { judgeCertificate } from './judge-certificate.ts';

/** How long until a connection stands, encrypted where it is to be, and by whose word it is S3 that answers. */
export const connection: Check = {
  id: 'connection',
  standsOn: ['name-resolution'],
  async look({ endpoint, proxy, now }, signal) {
    if (proxy !== undefined) return { state: 'skipped', reason: 'through-proxy', details: { proxy } };
    const host = endpoint.hostname.replace(/^\[|\]$/g, '');
    const isTls = endpoint.protocol === 'https:';
    const port = Number(endpoint.port) || (isTls ? 443 : 80);
    const begun = performance.now();
    const socket = isTls
      ? connectTls({ host, port, rejectUnauthorized: false, ...(isIP(host) ? {} : { servername: host }) })
      : connectPlain({ host, port });
    try {
      await once(socket, isTls ? 'secureConnect' : 'connect', { signal });
      const details = { host, port, latency: Math.round(performance.now() - begun) };
      if (!('authorized' in socket)) {
        // Nobody listens in between on one machine.
        return isLoopback(host) ? { state: 'ok', details } : { state: 'warn', reason: 'no-tls', details };
      }
      const { authorized, authorizationError } = socket;
      const certificate = socket.getPeerCertificate();
      return judgeCertificate({ authorized, authorizationError, certificate }, now(), details);
    } finally {
      socket.destroy();
    }
  },
};

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
