import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { attachLocalCloud, localCloudAddresses } from '@hikyaku/local-cloud';
import type { CaseResult } from './fault-case.ts';
import { openFaultHouse } from './fault-house.ts';
import { runCases } from './run-cases.ts';
import { killCases } from './suites/kills.ts';
import { freezeCases } from './suites/freezes.ts';
import { databaseCases } from './suites/database.ts';
import { backlogCases, awayCases, bodyCases } from './suites/backlogs.ts';
import { poisonRowCases, bombCases, ciphertextCases } from './suites/poison.ts';
import { outageCases } from './suites/outages.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
    cases: { type: 'string' },
    houses: { type: 'string', default: '3' },
    cloud: { type: 'string' },
  },
});
const cloud = attachLocalCloud(localCloudAddresses.parse(JSON.parse(await readFile(values.cloud ?? '', 'utf8'))));
const houses = [];
for (let i = 0; i < Number(values.houses); i++)
  houses.push(
    await openFaultHouse({
      cloud,
      name: `faults-${Date.now()}-${i}`,
      jobs: i % 2 ? 'redis' : 'postgresql',
      ownPostgres: ['R2', 'away'].includes(values.only ?? ''),
      seed: 1,
    }),
  );
const show = (r: CaseResult) => {
  console.log(
    r.suite,
    r.seed,
    r.name,
    r.seconds.toFixed(1),
    JSON.stringify(r.states),
    r.lost,
    r.doubled,
    r.stale,
    r.unsettled,
    r.violations.join('; '),
  );
};
try {
  const begin = Date.now();
  await runCases(
    houses,
    ({ R1: killCases, R2: databaseCases, R3: outageCases, R17: freezeCases } as any)[values.only ?? 'R1'](
      Number(values.seed),
      Number(values.cases ?? 10),
    ),
    async (r, house) => {
      show(r);
      if (r.violations.length)
        await (await import('node:fs/promises')).writeFile(`/tmp/fault-${r.suite}-${r.seed}.log`, house.logs());
    },
  );
  console.log((Date.now() - begin) / 1000);
  for (const h of houses) console.log(await h.violationsLeft());
} finally {
  for (const h of houses) await h.close();
}
