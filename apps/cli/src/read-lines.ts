import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { savedTextPieces } from '@hikyaku/datasets/saved-text';
import { readFilePieces } from './read-file-pieces.ts';
import type { World } from './world.ts';

/**
 * A list in a text, however it was saved and however long it is; `-` is standard input. Empty lines come too.
 *
 * @throws CommandFailure file-missing, not-a-file
 */
export async function* readLines({ stdin }: Pick<World, 'stdin'>, path: string): AsyncGenerator<string> {
  const text = savedTextPieces(path === '-' ? stdin : readFilePieces(path));
  yield* createInterface({ input: Readable.from(text), crlfDelay: Infinity });
}
