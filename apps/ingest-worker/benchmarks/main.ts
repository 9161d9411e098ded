import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type BenchRow, measureIn } from '@hikyaku/bench';
import { encryptAge } from '@hikyaku/encryption';
import { onceStopped } from '@hikyaku/local-cloud/process';
import { benchAgeDecrypt } from './age-decrypt.ts';
import { type BenchHouse, openBenchHouse } from './bench-house.ts';
import { benchChangedLoad } from './changed-load.ts';
import { benchDuplicateEvent } from './duplicate-event.ts';
import { benchFirstLoad } from './first-load.ts';
import { makePeerTables } from './load-race.ts';
import { benchMemory } from './memory.ts';
import { writeOrders } from './rows-file.ts';
import { benchSmallFile } from './small-file.ts';

// Run by `npm run bench`. Progress goes to standard error, each finished row as a line of JSON to standard output.
const { values } = parseArgs({
  options: { rows: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '5' } },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const note = (text: string) => process.stderr.write(`  ${text}\n`);
const report = (row: BenchRow) => process.stdout.write(`${JSON.stringify(row)}\n`);

const { signal } = onceStopped();
try {
  for (const row of await benchAgeDecrypt({ rounds, note, signal })) report(row);
  note('starting the embedded parts');
  await measureIn(openBenchHouse, measure, signal);
} catch (error) {
  if (!signal.aborted) note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
}
// What was interrupted may go on, and has nothing left to do it with.
process.exit();

async function measure(house: BenchHouse): Promise<void> {
  report(await benchSmallFile(house, { rounds: rounds * 4 }));
  note(`writing ${rows} rows`);
  const plainPath = join(house.folder, 'orders.csv');
  await writeOrders(plainPath, rows);
  const path = await pack(house, plainPath);
  await makePeerTables(house);
  for (const row of await benchFirstLoad(house, { path, plainPath, rows }, { rounds, note })) {
    report(row);
    if (row.goalId === 'P1') report(await benchDuplicateEvent(house, { medianSeconds: row.ours.median }, { rounds }));
  }
  await writeOrders(plainPath, rows, 10);
  report(await benchChangedLoad(house, { path: await pack(house, plainPath), rows }, { rounds, note }));
  const packed = (plain: string) => pack(house, plain);
  report(await benchMemory(house, { smallRows: 395_000, largeRows: rows * 49, note, pack: packed }));
}

/** As a department sends it. */
async function pack({ publicKey }: BenchHouse, plain: string): Promise<string> {
  const path = `${plain}.gz.age`;
  const packed = createReadStream(plain).pipe(createGzip({ chunkSize: 1024 ** 2 }));
  await pipeline(encryptAge(packed, [publicKey]), createWriteStream(path));
  return path;
}
