import type { Readable } from 'node:stream';
import { HikyakuError } from '@hikyaku/types';
import { storageError } from './errors/storage-error.ts';

/**
 * The stream's bytes, as long as some come: a connection that says nothing for `silenceSeconds` while somebody waits for it
 * is given up. However long whoever takes the bytes apart needs in between is not the connection's fault.
 *
 * While reading throws `HikyakuError` `storage-unavailable` (retriable), also for whatever breaks the stream itself
 */
export async function* refuseSilence(
  stream: Readable,
  silenceSeconds: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let isWaiting = true;
  const timer = setTimeout(() => {
    if (isWaiting)
      stream.destroy(new HikyakuError('storage-unavailable', { retriable: true, details: { silenceSeconds } }));
    else timer.refresh();
  }, silenceSeconds * 1_000);
  try {
    for await (const chunk of stream) {
      isWaiting = false;
      if (chunk instanceof Uint8Array) yield chunk;
      isWaiting = true;
      timer.refresh();
    }
  } catch (error) {
    throw storageError(error);
  } finally {
    clearTimeout(timer);
  }
}
