import { encodingOfMark } from '../text-encodings/encoding-of-mark.ts';

/** Reads the text that begins so: by its byte order mark, which it leaves out, or else as UTF-8. */
export function savedTextDecoder(head: Uint8Array) {
  return new TextDecoder(encodingOfMark(head)?.encoding);
}
