import { describe, expect, test } from 'vitest';
import { savedText, savedTextPieces } from './index.ts';

async function readPieces(bytes: Uint8Array, longest: number): Promise<string> {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += longest) yield bytes.subarray(at, at + longest);
  }
  let read = '';
  for await (const piece of savedTextPieces(pieces())) read += piece;
  return read;
}

const text = '{"売":"𠮷"}\r\n';
const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');

describe.each<[string, Uint8Array, string]>([
  ['UTF-8', Buffer.from(text), text],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`), text],
  ['UTF-16, as Windows saves it', utf16, text],
  ['UTF-16 of the other byte order', Buffer.from(utf16).swap16(), text],
  ['UTF-8 with a second mark, which is of the text', Buffer.from(`\uFEFF\uFEFF${text}`), `\uFEFF${text}`],
  ['UTF-8 that breaks off in a character', Buffer.from('売').subarray(0, 2), '\uFFFD'],
  ['UTF-16 that breaks off in a character', utf16.subarray(0, 5), '{\uFFFD'],
  ['one letter', Buffer.from('a'), 'a'],
  ['a mark alone', Buffer.from('\uFEFF'), ''],
  ['nothing', Buffer.alloc(0), ''],
])('%s', (_, bytes, expected) => {
  test('is read as a whole', () => {
    expect(savedText(bytes)).toBe(expected);
  });

  test.each([1, 2, 3, 4, 100])('is read the same in pieces of %i bytes', async (longest) => {
    expect(await readPieces(bytes, longest)).toBe(expected);
  });
});
