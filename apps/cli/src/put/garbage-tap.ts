import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Passes a stream on, and has what it leaves behind collected after every `everyBytes`. Each byte of a stream is copied some six
 * times on its way (encryption, parts, digests, sockets), and V8 lets more than 64 MiB of such copies lie before it looks: those,
 * and not what is in use, were most of the memory. Costs about 4 % of the time.
 */
export async function* collectingGarbage(
  stream: AsyncIterable<Uint8Array>,
  everyBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const collect = findCollector();
  let bytes = 0;
  for await (const piece of stream) {
    yield piece;
    bytes += piece.length;
    if (bytes < everyBytes) continue;
    bytes = 0;
    collect();
  }
}

/** Node hands it out by this flag alone. https://nodejs.org/api/v8.html#v8setflagsfromstringflags */
function findCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  return typeof collect === 'function' ? () => void collect() : () => undefined;
}
