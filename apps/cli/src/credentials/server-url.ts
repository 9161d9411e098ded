import { CommandFailure } from '../command-failure.ts';
import type { Environment } from '../env.ts';

/**
 * Where Hikyaku is, as an origin: `https://hikyaku.example.com`.
 *
 * @throws CommandFailure not-a-url; insecure-url where a token would go over the network in the clear
 */
export function parseServerUrl(text: string, { allowsHttp }: Pick<Environment, 'allowsHttp'>): string {
  const url = URL.parse(text.includes('://') ? text : `https://${text}`);
  if (!url || !['https:', 'http:'].includes(url.protocol)) throw new CommandFailure('not-a-url', { input: text });
  if (url.protocol === 'http:' && !allowsHttp && !isThisMachine(url.hostname)) {
    throw new CommandFailure('insecure-url', { url: url.origin });
  }
  return url.origin;
}

function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
