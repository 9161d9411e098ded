import { readPublishedKeys, receiptKeysPath, type TrustedKeys } from '@hikyaku/receipts';
import { chooseFetch, type HttpAnswer } from '../api/fetch.ts';
import { connectionError, problemError } from '../api/problem-error.ts';
import { readJson, UnreadableAnswer } from '../api/read-json.ts';
import { CommandFailure } from '../command-failure.ts';
import { parseServerUrl } from '../credentials/server-url.ts';
import type { World } from '../world.ts';

const timeoutMilliseconds = 30_000;
/** Longer than any list of keys: what is sent on is not read. */
const mostBytes = 1024 * 1024;

/**
 * The keys that a deployment publishes. Whoever answers there speaks for that place alone: keys under another's name are not believed.
 *
 * @throws CommandFailure not-a-url, insecure-url, untrusted-server, redirected, not-our-server, keys-unusable; HikyakuError as the server's problem
 * says
 */
export async function fetchReceiptKeys(
  { environment, signal }: World,
  server: string,
): Promise<{ trusted: TrustedKeys; published: unknown }> {
  const origin = parseServerUrl(server, environment);
  const ask = await chooseFetch(environment);
  try {
    const answer = await ask(new URL(receiptKeysPath, origin), {
      method: 'GET',
      headers: { accept: 'application/json' },
      // Whoever is pointed to speaks for another place.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)]),
    }).catch((error: unknown) => {
      throw connectionError(error, origin);
    });
    const published = await readKeys(answer, origin);
    const trusted = readPublishedKeys(published);
    if (trusted?.issuer !== origin) throw new CommandFailure('keys-unusable', { from: origin });
    return { trusted, published };
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** @throws CommandFailure keys-unusable of what is none of ours */
async function readKeys(answer: HttpAnswer, origin: string): Promise<unknown> {
  if (!answer.ok) throw await problemError(answer, origin);
  return readJson(answer, mostBytes).catch((error: unknown) => {
    throw error instanceof UnreadableAnswer ? new CommandFailure('keys-unusable', { from: origin }) : error;
  });
}
