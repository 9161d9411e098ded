/** A text as programs of any system save it: UTF-8 or, as Windows redirects what is printed, UTF-16, each without its mark. */
export function savedText(bytes: Uint8Array): string {
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes);
}
