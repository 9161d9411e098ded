import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BenchRow, secondsOf, spreadOf } from '@hikyaku/bench';
import { until } from '../test/until.ts';
import type { BenchHouse } from './bench-house.ts';

const limitSeconds = 2;
const header =
  'order_id,customer_code,customer_name,quantity,unit_price,discount,is_express,ordered_on,shipped_at,note';

/** P14: from the moment S3 has a small file to its row being there for everybody to read. */
export async function benchSmallFile(house: BenchHouse, options: { rounds: number }): Promise<BenchRow> {
  await house.query(`TRUNCATE ${house.table}`);
  const seconds: number[] = [];
  for (let round = 0; round <= options.rounds; round += 1) {
    const path = join(house.folder, 'small.csv');
    await writeFile(path, `${header}\n${round},C1,Name,1,1.5,0,true,2026-11-22,2026-11-22 09:00:00,\n`);
    await house.put(`small-${round}.csv`, path);
    const took = await secondsOf(() => rowIsThere(house, round));
    // The first warms up.
    if (round > 0) seconds.push(took);
  }
  const ours = spreadOf(seconds);
  return {
    goalId: 'P14',
    what: 'event to visible row, one small file',
    peer: `limit ${limitSeconds} s`,
    ours,
    unit: 's',
    ratio: spreadOf(seconds.map((one) => limitSeconds / one)),
    goal: `every one ≤ ${limitSeconds} s`,
    isMet: ours.most <= limitSeconds,
  };
}

async function rowIsThere({ query, table }: BenchHouse, id: number): Promise<void> {
  await until(async () => (await query(`SELECT 1 FROM ${table} WHERE order_id = $1`, [id]))[0], `row ${id}`);
}
