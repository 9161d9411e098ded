import type { Writable } from 'node:stream';
import { once } from 'node:events';

/** Writes, and waits where the reader is slower. False once nobody reads any more, as of `| head`. */
export async function writeAll(output: Writable, chunk: Uint8Array | string, signal: AbortSignal): Promise<boolean> {
  if (output.destroyed || output.errored) return false;
  if (output.write(chunk)) return true;
  try {
    await once(output, 'drain', { signal });
    return true;
  } catch (error) {
    signal.throwIfAborted();
    if (isClosedPipe(error)) return false;
    throw error;
  }
}

export function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}
