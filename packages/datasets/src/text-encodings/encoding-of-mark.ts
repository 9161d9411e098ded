import type { TextEncoding } from './text-encoding.ts';

/** Bytes of the longest byte order mark. */
export const longestMarkBytes = 3;

/** The encoding whose byte order mark a file begins with, and how long the mark is. */
export function encodingOfMark(head: Uint8Array): { encoding: TextEncoding; markBytes: number } | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', markBytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  return undefined;
}
