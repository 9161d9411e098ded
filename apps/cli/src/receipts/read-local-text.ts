import { readFilePieces } from '../read-file-pieces.ts';

/**
 * A text as programs of any system save it: UTF-8 or, as Windows redirects what is printed, UTF-16, each with its mark or without. Undefined
 * for one that is larger than it may be, which is not read to its end.
 *
 * @throws CommandFailure file-missing, not-a-file
 */
export async function readLocalText(path: string, mostBytes: number): Promise<string | undefined> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of readFilePieces(path)) {
    bytes += piece.length;
    if (bytes > mostBytes) return undefined;
    pieces.push(piece);
  }
  const whole = Buffer.concat(pieces);
  return new TextDecoder(whole[0] === 0xff && whole[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(whole);
}
