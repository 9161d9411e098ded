const sliceBytes = 1024 ** 2;
const nothing = new Uint8Array(0);
/** What a gzip file of the first megabytes may unpack to before enough was seen. */
const mostUnpackedOfHead = 16 * 1024 ** 2;

export interface ContentOptions {
  isGzip: boolean;
  /** How much of the file, as it is stored, is read. */
  untilByte: number;
  signal: AbortSignal | undefined;
}

/** A piece of what a file contains, and how far in the file, as it is stored, its end is. */
export interface ContentChunk {
  bytes: Uint8Array;
  seenBytes: number;
  /** Whether more comes, the content ends here, or what follows can't be unpacked. */
  end: 'more' | 'last' | 'unreadable';
}

/**
 * What a file contains, unpacked, piece by piece; no more of it than a few megabytes is held. A gzip file that can't be
 * unpacked ends as `unreadable`: browsers can't unpack all that a worker can.
 */
export async function* readContent(file: Blob, options: ContentOptions): AsyncGenerator<ContentChunk, void, undefined> {
  const { isGzip, untilByte, signal } = options;
  if (isGzip) {
    yield* unpack(file, options);
    return;
  }
  let seenBytes = 0;
  do {
    signal?.throwIfAborted();
    const from = seenBytes;
    seenBytes = Math.min(from + sliceBytes, untilByte);
    const bytes = new Uint8Array(await file.slice(from, seenBytes).arrayBuffer());
    yield { bytes, seenBytes, end: seenBytes === file.size ? 'last' : 'more' };
  } while (seenBytes < untilByte);
}

async function* unpack(
  file: Blob,
  { untilByte, signal }: ContentOptions,
): AsyncGenerator<ContentChunk, void, undefined> {
  const isHead = untilByte < file.size;
  let seenBytes = 0;
  let unpackedBytes = 0;
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      seenBytes += chunk.length;
      controller.enqueue(chunk);
    },
  });
  const unpacked = file
    .slice(0, untilByte)
    .stream()
    .pipeThrough(counted)
    .pipeThrough(new DecompressionStream('gzip'))
    .getReader();
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await unpacked.read();
      if (done) {
        yield { bytes: nothing, seenBytes, end: isHead ? 'more' : 'last' };
        return;
      }
      unpackedBytes += value.length;
      yield { bytes: value, seenBytes, end: 'more' };
      if (isHead && unpackedBytes >= mostUnpackedOfHead) return;
    }
  } catch (error) {
    signal?.throwIfAborted();
    // What is no gzip to a browser. Anything else, such as a file that is gone, is thrown.
    if (!(error instanceof TypeError)) throw error;
    if (!isHead || unpackedBytes === 0) yield { bytes: nothing, seenBytes, end: 'unreadable' };
  } finally {
    await unpacked.cancel().catch(() => undefined);
  }
}
