import { type FileHandle, open } from 'node:fs/promises';
import { CommandFailure } from '../command-failure.ts';

/** @throws CommandFailure file-missing where there is none that can be read */
export async function openLocalFile(path: string): Promise<FileHandle> {
  return open(path).catch((cause: unknown) => {
    throw new CommandFailure('file-missing', { path }, { cause });
  });
}

/** Undefined for a file that is larger than it may be: it is not read. */
export async function readLocalText(path: string, mostBytes: number): Promise<string | undefined> {
  const file = await openLocalFile(path);
  try {
    const { size } = await file.stat();
    return size > mostBytes ? undefined : await file.readFile('utf8');
  } catch (cause) {
    throw new CommandFailure('file-missing', { path }, { cause });
  } finally {
    await file.close();
  }
}
