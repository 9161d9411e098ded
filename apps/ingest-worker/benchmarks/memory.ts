import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type BenchRow, spreadOf } from '@hikyaku/bench';
import type { BenchHouse } from './bench-house.ts';
import { takenIn } from './load-race.ts';
import { writeOrders } from './rows-file.ts';

const limitMebibytes = 256;
const goalGrowth = 1.25;

/** P12: the most memory a worker has while it takes in one large file, against one that takes in a small one. */
export async function benchMemory(
  house: BenchHouse,
  options: {
    smallRows: number;
    largeRows: number;
    note: (text: string) => void;
    pack: (plain: string) => Promise<string>;
  },
): Promise<BenchRow> {
  const sizes: string[] = [];
  const peak = async (rows: number) => {
    const plain = join(house.folder, 'memory.csv');
    await writeOrders(plain, rows);
    const path = await options.pack(plain);
    const [content, packed] = await Promise.all([stat(plain), stat(path)]);
    await rm(plain);
    await house.query(`TRUNCATE ${house.table}`);
    await house.restartWorker();
    await takenIn(house, await house.put(`memory-${rows}.csv.gz.age`, path), rows, 1_800);
    await rm(path);
    const mebibytes = (await house.workerPeakBytes()) / 1024 ** 2;
    sizes.push(`${inMebibytes(packed.size)} from ${inMebibytes(content.size)} of CSV`);
    options.note(`memory: ${mebibytes.toFixed(0)} MiB for ${sizes.at(-1)}`);
    return mebibytes;
  };
  const small = await peak(options.smallRows);
  const large = await peak(options.largeRows);
  const isMet = large <= limitMebibytes && large <= goalGrowth * small;
  return {
    goalId: 'P12',
    what: `most memory of the worker for a \`.csv.gz.age\`, ${sizes[1]}, against ${sizes[0]}`,
    peer: `own, small file; limit ${limitMebibytes} MiB`,
    ours: spreadOf([large]),
    theirs: spreadOf([small]),
    unit: 'MiB',
    ratio: spreadOf([small / large]),
    goal: `≤ ${goalGrowth}× and ≤ ${limitMebibytes} MiB`,
    isMet,
  };
}

function inMebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`;
}
