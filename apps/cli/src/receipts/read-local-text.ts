import { savedText } from '@hikyaku/datasets/saved-text';
import { readFilePieces } from '../read-file-pieces.ts';

/**
 * A text, however it was saved. Undefined for one that is larger than it may be, which is not read to its end.
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
  return savedText(Buffer.concat(pieces));
}
