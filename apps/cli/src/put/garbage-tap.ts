import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** With 8 MiB a stream of 2 GiB took 232 MiB at most. */
const collectEveryBytes = 4 * 1024 ** 2;

/**
 * Passes a stream on, and has what it leaves behind collected early. Each byte of a stream is copied some six
 * times on its way (encryption, parts, digests, sockets), and V8 lets more than 64 MiB of such copies lie before it looks: those,
 * and not what is in use, were most of the memory. Costs a few percent of the time.
 */
export async function* collectingGarbage(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const collect = findCollector();
  let bytes = 0;
  for await (const piece of stream) {
    yield piece;
    bytes += piece.length;
    if (bytes < collectEveryBytes) continue;
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
