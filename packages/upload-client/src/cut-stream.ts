/**
 * A stream in parts of one size, the last one shorter. Each lies in memory until nobody holds it any more; the stream's own chunks
 * may be used again as soon as the next one is asked for.
 */
export async function* cutStream(stream: AsyncIterable<Uint8Array>, partSizeBytes: number): AsyncGenerator<Blob> {
  const part = new Uint8Array(partSizeBytes);
  let length = 0;
  for await (const chunk of stream) {
    for (let start = 0; start < chunk.byteLength;) {
      const piece = chunk.subarray(start, start + partSizeBytes - length);
      part.set(piece, length);
      length += piece.byteLength;
      start += piece.byteLength;
      if (length < partSizeBytes) continue;
      yield new Blob([part]);
      length = 0;
    }
  }
  if (length > 0) yield new Blob([part.subarray(0, length)]);
}
