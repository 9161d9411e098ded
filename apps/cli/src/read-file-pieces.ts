import { createReadStream } from 'node:fs';
import { CommandFailure } from './command-failure.ts';

const pieceBytes = 256 * 1024;

/** A file in the memory of a piece. @throws CommandFailure not-a-file of a folder, file-missing of what can't be read */
export async function* readFilePieces(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* createReadStream(path, { highWaterMark: pieceBytes });
  } catch (cause) {
    const isFolder = cause instanceof Error && 'code' in cause && cause.code === 'EISDIR';
    throw new CommandFailure(isFolder ? 'not-a-file' : 'file-missing', { path }, { cause });
  }
}
