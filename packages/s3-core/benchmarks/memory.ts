import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BenchRow, spreadOf } from '@hikyaku/bench';
import type { BenchBucket, BenchObject } from './bench-bucket.ts';
import { runOurs } from './download-race.ts';

const limitMebibytes = 256;
const goalGrowth = 1.25;

/** P12: the most memory of the whole program for a large object against a small one. */
export async function benchDownloadMemory(
  house: BenchBucket,
  objects: { small: BenchObject; large: BenchObject },
): Promise<BenchRow> {
  const peak = async (object: BenchObject) => {
    const target = join(house.folder, 'memory');
    const { output } = await runOurs(house, object, target, { options: { known: { sha256: object.sha256 } } });
    await rm(target);
    return Number(output) / 1024;
  };
  const [small, large] = [await peak(objects.small), await peak(objects.large)];
  const sizes = [objects.large, objects.small].map(({ sizeBytes }) => `${sizeBytes / 1024 ** 2} MiB`);
  return {
    goalId: 'P12',
    what: `most memory of a download of ${sizes[0]}, against ${sizes[1]}`,
    peer: `own, small object; limit ${limitMebibytes} MiB`,
    ours: spreadOf([large]),
    theirs: spreadOf([small]),
    unit: 'MiB',
    ratio: spreadOf([small / large]),
    goal: `≤ ${goalGrowth}× and ≤ ${limitMebibytes} MiB`,
    isMet: large <= limitMebibytes && large <= goalGrowth * small,
    ...(large <= goalGrowth * small
      ? {}
      : {
          limitedBy:
            '64 KiB for each piece that comes, which the collector clears away later; a larger object does not need more of it.',
        }),
  };
}
