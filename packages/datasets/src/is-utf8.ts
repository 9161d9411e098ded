const decoder = new TextDecoder('utf-8', { fatal: true });

/** Whether the bytes are well-formed UTF-8. Works everywhere; Node's own `isUtf8` is faster. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
