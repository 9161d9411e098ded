/**
 * A body's bytes, in the given memory where it is large enough and the browser can read into it; what was given can't be
 * used any more, the result's buffer can. `arrayBuffer()` alone would leave megabytes to the garbage collector per part.
 */
export async function readBody(body: Blob, memory: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
  const reader = readerInto(body);
  if (!reader) return new Uint8Array(await body.arrayBuffer());
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
}

/** Undefined where a blob's stream can't be read into memory of one's own. */
function readerInto(body: Blob): ReadableStreamBYOBReader | undefined {
  try {
    return body.stream().getReader({ mode: 'byob' });
  } catch {
    return undefined;
  }
}
