import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CommandFailure } from '../command-failure.ts';
import { readFilePieces } from '../read-file-pieces.ts';
import type { Input } from '../world.ts';

/** Something to send. */
export interface Source {
  /** As it was named: `-` is standard input. */
  path: string;
  /** Its name, or below a folder that was named its path in there with `/`. */
  name: string;
  /** On the command line; false of what was found in a folder. */
  isNamed: boolean;
  /** A file, which can be read again; undefined for a stream. */
  file: { sizeBytes: number; hasChanged: () => Promise<boolean> } | undefined;
  open: () => AsyncIterable<Uint8Array>;
}

/**
 * The files that were named and, with `isRecursive`, those in folders, in the order of their names. Links to folders are not
 * followed from within a folder: they may lead around in a circle.
 *
 * @throws CommandFailure file-missing, is-folder; file-missing also while what is `open` is read
 */
export async function* listSources(paths: readonly string[], isRecursive: boolean): AsyncGenerator<Source> {
  for (const path of paths) {
    const found = await statOf(path);
    if (!found.isDirectory()) yield fileSource({ path, name: basename(path), isNamed: true }, found);
    else if (isRecursive) yield* filesIn(path, '');
    else throw new CommandFailure('is-folder', { path });
  }
}

export function streamSource(stdin: Input, name: string): Source {
  return { path: '-', name, isNamed: true, file: undefined, open: () => stdin };
}

async function* filesIn(folder: string, inside: string): AsyncGenerator<Source> {
  const below = join(folder, inside);
  const entries = await orMissing(below, readdir(below, { withFileTypes: true }));
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = inside === '' ? entry.name : `${inside}/${entry.name}`;
    const path = join(folder, name);
    if (entry.isDirectory()) yield* filesIn(folder, name);
    else if (entry.isFile() || entry.isSymbolicLink()) {
      const found = await statOf(path);
      if (found.isFile()) yield fileSource({ path, name, isNamed: false }, found);
    }
  }
}

function fileSource(named: Pick<Source, 'path' | 'name' | 'isNamed'>, before: Stats): Source {
  const { path } = named;
  const hasChanged = async () => {
    const now = await stat(path).catch(() => undefined);
    return now?.size !== before.size || now.mtimeMs !== before.mtimeMs || now.ino !== before.ino;
  };
  return {
    ...named,
    file: { sizeBytes: before.size, hasChanged },
    open: () => readFilePieces(path),
  };
}

function statOf(path: string): Promise<Stats> {
  return orMissing(path, stat(path));
}

/** Whatever the system says of a file that it doesn't give. */
function orMissing<T>(path: string, asked: Promise<T>): Promise<T> {
  return asked.catch((cause: unknown) => {
    throw new CommandFailure('file-missing', { path }, { cause });
  });
}
