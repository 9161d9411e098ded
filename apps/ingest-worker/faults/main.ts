import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type AttachedCloud, attachLocalCloud, localCloudAddresses, startLocalCloud } from '@hikyaku/local-cloud';
import { compare, comparisonTable } from './comparison/compare.ts';
import type { CaseResult } from './fault-case.ts';
import { type FaultHouse, openFaultHouse } from './fault-house.ts';
import { faultTable, type SuiteResult } from './fault-table.ts';
import { findLeftovers } from './find-leftovers.ts';
import { runCases } from './run-cases.ts';
import { type Suite, suites } from './suites/index.ts';

// Run by `npm run test:faults`. Progress and what went wrong go to standard error, the tables to standard output.
//   --only R1,R3        these suites alone (`compare` is one of them)
//   --seed 17 --cases 1 the case that this seed makes first
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
    cases: { type: 'string' },
    houses: { type: 'string', default: '3' },
    /** A file with the addresses of a cloud that runs already. */
    cloud: { type: 'string' },
    /** Where the tables are written. */
    write: { type: 'string' },
  },
});
const seed = Number(values.seed);
const only = values.only?.split(',');
const isWanted = (id: string) => only === undefined || only.includes(id);
const note = (text: string) => process.stderr.write(`  ${text}\n`);
const reports = await mkdtemp(join(tmpdir(), 'hikyaku-fault-logs-'));

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const running = await openCloud();
try {
  const results: SuiteResult[] = [];
  const wanted = suites.filter(({ id }) => isWanted(id));
  results.push(
    ...(await runSuites(
      running.cloud,
      wanted.filter((suite) => !suite.stopsPostgres),
    )),
  );
  results.push(
    ...(await runSuites(
      running.cloud,
      wanted.filter((suite) => suite.stopsPostgres),
    )),
  );
  const compared = isWanted('compare')
    ? await compare(running.cloud, { seed, cases: Number(values.cases ?? 40), note })
    : [];
  const tables = [results.length > 0 ? faultTable(results) : '', compared.length > 0 ? comparisonTable(compared) : ''];
  process.stdout.write(`\n${tables.join('\n\n')}\n`);
  if (values.write) await writeFile(values.write, JSON.stringify(tables));
  const broken = results.flatMap((suite) => suite.results).filter(({ violations }) => violations.length > 0);
  if (broken.length > 0) {
    note(`${broken.length} cases went wrong; what their workers said lies in ${reports}`);
    process.exitCode = 1;
  } else {
    await rm(reports, { recursive: true });
  }
} finally {
  await running.stop();
}
// Said, for after hours of servers coming and going Node's own tidying up at the end of a process has been seen to spin for ever
// on a handle that does not close (`CleanupHandles`).
process.exit();

async function openCloud(): Promise<{ cloud: AttachedCloud; stop(): Promise<void> }> {
  if (values.cloud) {
    const addresses = localCloudAddresses.parse(JSON.parse(await readFile(values.cloud, 'utf8')));
    return { cloud: attachLocalCloud(addresses), stop: () => Promise.resolve() };
  }
  note('starting the embedded parts');
  const dataFolder = await mkdtemp(join(tmpdir(), 'hikyaku-fault-cloud-'));
  const cloud = await startLocalCloud({ dataFolder, postgresSettings: { fsync: 'off' } });
  return {
    cloud,
    async stop() {
      await cloud.stop({ discard: true });
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** On the same houses, one suite after the other; what is left behind is looked for when all are over. */
async function runSuites(cloud: AttachedCloud, wanted: readonly Suite[]): Promise<SuiteResult[]> {
  if (wanted.length === 0) return [];
  const houses = await openHouses(
    cloud,
    wanted.some(({ stopsPostgres }) => stopsPostgres),
  );
  try {
    const results: SuiteResult[] = [];
    for (const { id, what, count, make } of wanted) {
      const begin = performance.now();
      const cases = make(seed, Number(values.cases ?? count));
      const ended = await runCases(houses, cases, reportCase);
      const seconds = (performance.now() - begin) / 1_000;
      note(`${id}: ${ended.length} in ${seconds.toFixed(0)} s`);
      results.push({ id, what, results: ended, seconds });
    }
    for (const house of houses) {
      const left = await findLeftovers(house);
      for (const violation of left) note(`LEFT BEHIND: ${violation}`);
      results
        .at(-1)
        ?.results.at(-1)
        ?.violations.push(...left);
    }
    return results;
  } finally {
    for (const house of houses) await house.close();
  }
}

/** Jobs wait in PostgreSQL in one house and in Redis in the next. */
async function openHouses(cloud: AttachedCloud, ownPostgres: boolean): Promise<FaultHouse[]> {
  const houses: FaultHouse[] = [];
  for (let index = 0; index < Number(values.houses); index += 1) {
    const jobs = index % 2 === 0 ? 'postgresql' : 'redis';
    const name = `faults-${Date.now().toString(36)}-${index}`;
    houses.push(await openFaultHouse({ cloud, name, jobs, ownPostgres, seed: seed + index }));
  }
  return houses;
}

async function reportCase(result: CaseResult, house: FaultHouse): Promise<void> {
  const { suite, name, violations } = result;
  const isGood = violations.length === 0;
  note(
    `${isGood ? 'ok ' : 'BAD'} ${suite} seed ${result.seed}: ${name} (${result.seconds.toFixed(1)} s, jobs in ${house.jobs})`,
  );
  if (isGood) return;
  for (const violation of violations.slice(0, 5)) note(`      ${violation}`);
  await writeFile(join(reports, `${suite}-${result.seed}.log`), house.logs());
}
