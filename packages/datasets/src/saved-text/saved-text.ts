import { savedTextDecoder } from './saved-text-decoder.ts';

/** A text as programs of any system save it: UTF-8 or, as Windows redirects what is printed, UTF-16, each without its mark. */
export function savedText(bytes: Uint8Array): string {
  return savedTextDecoder(bytes).decode(bytes);
}
