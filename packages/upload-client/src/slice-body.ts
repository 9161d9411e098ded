/** A body in parts of one size, the last one shorter; nothing is read. */
export async function* sliceBody(body: Blob, partSizeBytes: number): AsyncGenerator<Blob> {
  for (let start = 0; start < body.size; start += partSizeBytes) yield body.slice(start, start + partSizeBytes);
}
