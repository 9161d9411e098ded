import { parseArgs } from 'node:util';
import { type BenchLine, measureIn } from '@hikyaku/bench';
import { onceStopped } from '@hikyaku/local-cloud/process';
import { openBenchPortal } from './bench-portal.ts';
import { fetchLighthouse } from './lighthouse.ts';
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
const report = (row: BenchLine) => process.stdout.write(`${JSON.stringify(row)}\n`);

const { signal } = onceStopped();
try {
  note('fetching Lighthouse');
  const lighthouse = await fetchLighthouse(signal);
  note('building the portal and starting everything behind it');
  await measureIn(
    () => openBenchPortal(signal),
    async (portal) => {
      for (const row of await benchSignParts(portal, { rounds, note })) report(row);
      if (lighthouse.isThere) {
        const pageRounds = Math.min(rounds, mostPageRounds);
        for (const row of await benchPages(portal, { rounds: pageRounds, note, signal })) report(row);
      } else {
        note(lighthouse.output);
        report({ goalId: 'P13', notMeasured: 'Lighthouse could not be fetched from the npm registry.' });
      }
    },
    signal,
  );
} catch (error) {
  if (!signal.aborted) note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
}
// What was interrupted may go on, and has nothing left to do it with.
process.exit();
