import { HikyakuError } from '@hikyaku/types';
import type { ConnectionBudget } from './connection-budget.ts';
import { judgeAnswer } from './judge-answer.ts';
import { retry } from './retry.ts';
import type { SendBody } from './send-body.ts';
import { sendWatched } from './send-watched.ts';
import type { UploadPatience } from './upload-patience.ts';
import type { PresignedPut } from './upload-port.ts';

export interface PutBodyOptions {
  body: Blob;
  put: PresignedPut;
  /** Asked where a refusal may mean that the URL has died: once, and again only where that one has died too. */
  presignAgain: () => Promise<PresignedPut>;
  send: SendBody;
  /** Each try takes one connection. */
  connections: ConnectionBudget;
  patience: UploadPatience;
  onProgress: (sentBytes: number) => void;
  signal: AbortSignal;
}

/** A clock that runs ahead by years sees every URL as dead. */
const mostRenewals = 10;

/** What is damaged every time is changed by something between us and storage; no patience helps. */
const mostDamaged = 3;

/** Puts one body to its URL, again and again if need be. Resolves when storage has an object under the key. */
export async function putBody(options: PutBodyOptions): Promise<void> {
  const { body, presignAgain, send, connections, patience, onProgress, signal } = options;
  let put = options.put;
  let renewals = 0;
  let isFresh = true;
  let damaged = 0;

  const renew = async () => {
    put = await presignAgain();
    renewals += 1;
    isFresh = true;
  };
  // A laptop that sleeps more than once outlives more than one URL.
  const mayRenew = () => renewals === 0 || (hasExpired(put) && renewals < mostRenewals);
  const attempt = async (): Promise<void> => {
    // Not before its first try: the clock of a PC may be wrong. Later, a refusal may hide behind a "network error",
    // for a browser shows no answer that lacks CORS headers.
    if (!isFresh && hasExpired(put) && mayRenew()) await renew();
    isFresh = false;
    const answer = await connections
      .use(() => {
        onProgress(0);
        return sendWatched(send, { put, body, onProgress, signal }, patience);
      }, signal)
      .catch((error: unknown) => explainFailure(error, body, signal));
    const judgement = judgeAnswer(answer);
    if (judgement.outcome === 'stored') {
      onProgress(body.size);
      return;
    }
    if (judgement.error.code === 'checksum-mismatch' && ++damaged === mostDamaged) throw asFinal(judgement.error);
    if (judgement.outcome === 'failed' || !mayRenew()) throw judgement.error;
    await renew();
    await attempt();
  };
  await retry(attempt, patience, signal);
}

function asFinal({ code, details }: HikyakuError): HikyakuError {
  return new HikyakuError(code, { details });
}

function hasExpired({ expiresAt }: PresignedPut): boolean {
  return Date.parse(expiresAt) <= Date.now();
}

/** A file that was saved over or moved since it was chosen can't be read any more, and browsers call that a network error. */
async function explainFailure(error: unknown, body: Blob, signal: AbortSignal): Promise<never> {
  signal.throwIfAborted();
  try {
    await body.slice(0, 1).arrayBuffer();
  } catch (cause) {
    throw new HikyakuError('file-changed', { cause });
  }
  throw error;
}
