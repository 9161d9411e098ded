import { readPublishedKeys, receiptKeysPath, type TrustedKeys } from '@hikyaku/receipts';
import { chooseFetch } from '../api/fetch.ts';
import { connectionError } from '../api/problem-error.ts';
import { CommandFailure } from '../command-failure.ts';
import { parseServerUrl } from '../credentials/server-url.ts';
import type { World } from '../world.ts';

const timeoutMilliseconds = 30_000;

/**
 * The keys that a deployment publishes. Whoever answers there speaks for that place alone: keys under another's name are not believed.
 *
 * @throws CommandFailure not-a-url, insecure-url, untrusted-server, keys-unusable; HikyakuError network
 */
export async function fetchReceiptKeys(
  { environment, signal }: World,
  server: string,
): Promise<{ trusted: TrustedKeys; published: unknown }> {
  const origin = parseServerUrl(server, environment);
  const ask = await chooseFetch(environment);
  const answer = await ask(new URL(receiptKeysPath, origin), {
    method: 'GET',
    headers: { accept: 'application/json' },
    // Whoever is pointed to speaks for another place: an answer that is no list of keys.
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)]),
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw connectionError(error, origin);
  });
  const published: unknown = answer.ok ? await answer.json().catch(() => undefined) : undefined;
  const trusted = readPublishedKeys(published);
  if (trusted?.issuer !== origin) throw new CommandFailure('keys-unusable', { from: origin });
  return { trusted, published };
}
