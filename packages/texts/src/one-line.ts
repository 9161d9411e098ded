// Control characters would break a line or a mail's subject; direction marks would reorder the words around them.
const unprintable = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;

/** Text of someone else's making, safe to stand inside a sentence of ours. */
export function oneLine(text: string): string {
  return text.replace(unprintable, ' ').trim();
}
