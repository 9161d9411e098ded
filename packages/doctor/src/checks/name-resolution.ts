import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { Check } from '../check.ts';

const privateAddresses = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  privateAddresses.addSubnet(network, prefix, 'ipv4');
}
privateAddresses.addSubnet('fc00::', 7, 'ipv6');

/** A private address is that of an endpoint inside the network (PrivateLink); a gateway endpoint has the public ones. */
export const nameResolution: Check = {
  id: 'name-resolution',
  standsOn: [],
  async look({ endpoint, proxy }) {
    if (proxy !== undefined) return { state: 'skipped', reason: 'through-proxy', details: { proxy } };
    const host = endpoint.hostname.replace(/^\[|\]$/g, '');
    try {
      const found = await lookup(host, { all: true });
      const [first] = found;
      const isPrivate = found.some(({ address, family }) =>
        privateAddresses.check(address, family === 6 ? 'ipv6' : 'ipv4'),
      );
      return {
        state: 'ok',
        details: {
          host,
          address: first?.address ?? '',
          addresses: found.length,
          reach: isPrivate ? 'private' : 'public',
        },
      };
    } catch (error) {
      const cause = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      return { state: 'fail', reason: 'name-not-resolved', details: { host, cause, literal: isIP(host) } };
    }
  },
};
