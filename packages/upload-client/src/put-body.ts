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
  /** Asked at most once. */
  presignAgain: () => Promise<PresignedPut>;
  send: SendBody;
  /** Each try takes one connection. */
  connections: ConnectionBudget;
  patience: UploadPatience;
  onProgress: (sentBytes: number) => void;
  signal: AbortSignal;
}

/** Puts one body to its URL, again and again if need be. Resolves when storage has an object under the key. */
export async function putBody(options: PutBodyOptions): Promise<void> {
  const { body, presignAgain, send, connections, patience, onProgress, signal } = options;
  let put = options.put;
  let renewed = false;
  let tries = 0;

  const renew = async () => {
    put = await presignAgain();
    renewed = true;
  };
  const attempt = async (): Promise<void> => {
    tries += 1;
    // Not before the first try: the clock of a PC may be wrong. Later, a refusal may hide behind a "network error",
    // for a browser shows no answer that lacks CORS headers.
    if (tries > 1 && !renewed && hasExpired(put)) await renew();
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
    if (judgement.outcome === 'failed' || renewed) throw judgement.error;
    await renew();
    await attempt();
  };
  await retry(attempt, patience, signal);
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
    throw new HikyakuError('size-mismatch', { cause });
  }
  throw error;
}
