/**
 * Readers that wait for bytes. Chromium collects a blob's stream that nothing else names, and its read then never ends
 * (seen in 156; the portal's `large-files.spec.ts` collects garbage while it sends).
 */
const reading = new Set<ReadableStreamBYOBReader>();

/**
 * A body's bytes, in the given memory where it is large enough and the browser can read into it; what was given can't be
 * used any more, the result's buffer can. `arrayBuffer()` alone would leave megabytes to the garbage collector per part.
 */
export async function readBody(body: Blob, memory: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
  const reader = readerInto(body);
  if (!reader) return new Uint8Array(await body.arrayBuffer());
  reading.add(reader);
  try {
    let buffer = memory.byteLength >= body.size ? memory : new ArrayBuffer(body.size);
    let length = 0;
    while (length < body.size) {
      const { done, value } = await reader.read(new Uint8Array(buffer, length, body.size - length));
      if (value) {
        buffer = value.buffer;
        length += value.byteLength;
      }
      if (done) break;
    }
    return new Uint8Array(buffer, 0, length);
  } finally {
    reading.delete(reader);
  }
}

/** Undefined where a blob's stream can't be read into memory of one's own. */
function readerInto(body: Blob): ReadableStreamBYOBReader | undefined {
  try {
    return body.stream().getReader({ mode: 'byob' });
  } catch {
    return undefined;
  }
}
