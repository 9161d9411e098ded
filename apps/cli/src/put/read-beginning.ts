/**
 * The beginning of a stream, whole where it is all there is; else `rest` begins with it and goes on to the end. No more than
 * `mostBytes` and a piece are held.
 */
export async function readBeginning(
  stream: AsyncGenerator<Uint8Array, void, undefined>,
  mostBytes: number,
  signal: AbortSignal,
): Promise<{ beginning: Uint8Array<ArrayBuffer>[]; rest: AsyncGenerator<Uint8Array> | undefined }> {
  const beginning: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  while (bytes <= mostBytes) {
    signal.throwIfAborted();
    const { done, value } = await stream.next();
    if (done) return { beginning, rest: undefined };
    // A copy: what gives pieces may use their memory again.
    beginning.push(new Uint8Array(value));
    bytes += value.length;
  }
  return { beginning, rest: goOn(beginning, stream) };
}

async function* goOn(beginning: Uint8Array[], stream: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  // One by one, so that each is free as soon as it is read.
  for (let piece = beginning.shift(); piece !== undefined; piece = beginning.shift()) yield piece;
  yield* stream;
}
