import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileFailure } from '../../output/file-failure.ts';

/** From which of several addresses each path came. */
export interface CameFrom extends AsyncDisposable {
  /** @param index of the address */
  note: (path: string, index: number) => Promise<void>;
  /** The first of the addresses before this one that the path came from. */
  findBefore: (path: string, index: number) => Promise<number | undefined>;
}

/** Kept as empty files in a folder of its own: there may be more paths than memory. */
export async function openCameFrom(parent: string = tmpdir()): Promise<CameFrom> {
  const folder = await mkdtemp(join(parent, 'hikyaku-cp-')).catch((error: unknown) => {
    throw fileFailure(error, parent);
  });
  const markOf = (path: string, index: number) => {
    const digest = createHash('sha256').update(path).digest('hex');
    return join(folder, String(index), digest.slice(0, 2), digest.slice(2));
  };
  return {
    async note(path, index) {
      const mark = markOf(path, index);
      try {
        await writeFile(mark, '').catch(async () => {
          await mkdir(dirname(mark), { recursive: true });
          await writeFile(mark, '');
        });
      } catch (error) {
        throw fileFailure(error, mark);
      }
    },
    async findBefore(path, index) {
      for (let before = 0; before < index; before += 1) {
        const isNoted = await access(markOf(path, before)).then(
          () => true,
          () => false,
        );
        if (isNoted) return before;
      }
      return undefined;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
