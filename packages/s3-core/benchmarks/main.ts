import { parseArgs } from 'node:util';
import { type BenchRow, measureIn } from '@hikyaku/bench';
import { onceStopped } from '@hikyaku/local-cloud/process';
import { type BenchBucket, openBenchBucket } from './bench-bucket.ts';
import { benchDownloads } from './download-race.ts';
import { benchDownloadMemory } from './memory.ts';
import { benchSigning } from './signing.ts';
import { benchSlowNetwork } from './slow-network.ts';

// Run by `npm run bench`. Progress goes to standard error, each finished row as a line of JSON to standard output.
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    mebibytes: { type: 'string', default: '1024' },
    /** Of the other benches. */
    rows: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const note = (text: string) => process.stderr.write(`  ${text}\n`);
const report = (row: BenchRow) => process.stdout.write(`${JSON.stringify(row)}\n`);

const { signal } = onceStopped();
try {
  report(await benchSigning({ rounds, note }));
  note('starting the gateway');
  await measureIn(openBenchBucket, measure, signal);
} catch (error) {
  if (!signal.aborted) note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
}
// What was interrupted may go on, and has nothing left to do it with.
process.exit();

async function measure(house: BenchBucket): Promise<void> {
  const large = await house.put('large', Number(values.mebibytes) * 1024 ** 2);
  const half = await house.put('half', large.sizeBytes / 2);
  const small = await house.put('small', 10 * 1024 ** 2);
  for (const row of await benchSlowNetwork(house, half, { rounds, note })) report(row);
  report(await benchDownloadMemory(house, { small, large }));
  for (const row of await benchDownloads(house, large, { rounds, note })) report(row);
}
