import { parseArgs } from 'node:util';
import type { BenchRow } from '@hikyaku/bench';
import { onceStopped } from '../src/once-stopped.ts';
import { type BenchPortal, openBenchPortal } from './bench-portal.ts';
import { ensureLighthouse } from './lighthouse.ts';
import { benchPages } from './pages.ts';
import { benchSignParts } from './sign-parts-call.ts';

// Run by `npm run bench`. Progress goes to standard error, each finished row as a line of JSON to standard output.
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    /** Of the other benches. */
    rows: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
/** Each loads four pages, which takes a minute. */
const mostPageRounds = 3;
const note = (text: string) => process.stderr.write(`  ${text}\n`);
const report = (row: BenchRow) => process.stdout.write(`${JSON.stringify(row)}\n`);

const stopped = onceStopped();
note('fetching Lighthouse');
await ensureLighthouse();
note('building the portal and starting everything behind it');
const portal = await openBenchPortal(stopped.signal);
try {
  // Interrupted, it leaves nothing running.
  await Promise.race([measure(portal), stopped.promise]);
} finally {
  await portal.close();
}
process.exit(stopped.signal.aborted ? 1 : 0);

async function measure(opened: BenchPortal): Promise<void> {
  for (const row of await benchSignParts(opened, { rounds, note })) report(row);
  for (const row of await benchPages(opened, { rounds: Math.min(rounds, mostPageRounds), note })) report(row);
}
