import type { Source } from '../put/source.ts';
import type { World } from '../world.ts';
import { createProgressLine } from './progress-line.ts';

/** One line for all that is sent at the same time. */
export interface ProgressBoard {
  of: (source: Source) => (doneBytes: number, totalBytes: number | undefined) => void;
  clear: () => void;
}

export function createProgressBoard(
  world: Pick<World, 'process' | 'locale'>,
  options: { isWanted: boolean; sources: readonly Source[] },
): ProgressBoard {
  const { isWanted, sources } = options;
  const line = createProgressLine(world, { isWanted });
  const done = new Map<Source, number>();
  const sizes = sources.map(({ file }) => file?.sizeBytes);
  const known = sizes.every((size) => size !== undefined) ? sizes.reduce((sum, size) => sum + size, 0) : undefined;
  return {
    of: (source) => (doneBytes) => {
      // What is compressed or encrypted has another size than its file.
      done.set(source, Math.min(doneBytes, source.file?.sizeBytes ?? Infinity));
      const doneOfAll = [...done.values()].reduce((sum, bytes) => sum + bytes, 0);
      const label = sources.length === 1 ? source.path : `${source.path} (${done.size}/${sources.length})`;
      line.show({ label, doneBytes: doneOfAll, totalBytes: known });
    },
    clear: line.clear,
  };
}
