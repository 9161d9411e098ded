import { readPublishedKeys, receiptKeysPath, type TrustedKeys } from '@hikyaku/receipts';
import { HikyakuError } from '@hikyaku/types';
import { chooseFetch, type HttpAnswer } from '../api/fetch.ts';
import { brokenAnswer, connectionError } from '../api/problem-error.ts';
import { CommandFailure } from '../command-failure.ts';
import { parseServerUrl } from '../credentials/server-url.ts';
import type { World } from '../world.ts';

const timeoutMilliseconds = 30_000;
/** Longer than any list of keys: what is sent on is not read. */
const mostBytes = 1024 * 1024;

/**
 * The keys that a deployment publishes. Whoever answers there speaks for that place alone: keys under another's name are not believed.
 *
 * @throws CommandFailure not-a-url, insecure-url, untrusted-server, redirected, keys-unusable; HikyakuError network
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

/** Undefined where it is none of ours. */
async function readKeys(answer: HttpAnswer, origin: string): Promise<unknown> {
  const { status, headers } = answer;
  const location = headers.get('location');
  if (status >= 300 && status < 400 && location !== null) {
    throw new CommandFailure('redirected', { url: origin, status, location });
  }
  if (status >= 500 || status === 429) throw new HikyakuError('network', { retriable: true, details: { status } });
  if (!answer.ok) return undefined;
  const text = await readText(answer).catch((error: unknown) => {
    throw brokenAnswer(error, status);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    // What is called JSON and isn't was cut off; else it is the page of another.
    if (headers.get('content-type')?.includes('json')) throw brokenAnswer(error, status);
    return undefined;
  }
}

async function readText({ body }: HttpAnswer): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body ?? []) {
    bytes += piece.length;
    if (bytes > mostBytes) return '';
    pieces.push(piece);
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}
