import { HikyakuError } from '@hikyaku/types';
import type { SendBodyAnswer, SendBody, SendBodyRequest } from './send-body.ts';
import type { UploadPatience } from './upload-patience.ts';

/** Sends a body, and gives the try up as a lost network when nothing moves: a VPN that dies resets no connection. */
export async function sendWatched(
  send: SendBody,
  request: SendBodyRequest,
  { stallSeconds, answerSeconds }: UploadPatience,
): Promise<SendBodyAnswer> {
  const stalled = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const giveUpIn = (seconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => stalled.abort(new HikyakuError('network', { retriable: true })), seconds * 1_000);
  };
  giveUpIn(stallSeconds);
  try {
    return await send({
      ...request,
      signal: AbortSignal.any([request.signal, stalled.signal]),
      onProgress: (sentBytes) => {
        giveUpIn(sentBytes < request.body.size ? stallSeconds : answerSeconds);
        request.onProgress(sentBytes);
      },
    });
  } finally {
    clearTimeout(timer);
  }
}
