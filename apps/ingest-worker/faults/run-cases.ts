import { checkDataset, type DatasetReport, type Sent } from './check-dataset.ts';
import type { CaseResult, FaultCase } from './fault-case.ts';
import type { FaultHouse } from './fault-house.ts';

/** Plays the cases, each in the next house that is free, and looks at what every one of them left. */
export async function runCases(
  houses: readonly FaultHouse[],
  cases: readonly FaultCase[],
  onResult: (result: CaseResult, house: FaultHouse) => Promise<void> | void,
): Promise<CaseResult[]> {
  const waiting = [...cases];
  const results: CaseResult[] = [];
  await Promise.all(
    houses.map(async (house) => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const result = await runCase(house, next);
        results.push(result);
        await onResult(result, house);
      }
    }),
  );
  return results;
}

/** Never rejects: what went wrong is among the violations. */
export async function runCase(house: FaultHouse, one: FaultCase): Promise<CaseResult> {
  const begin = performance.now();
  const { suite, name, seed } = one;
  const result: CaseResult = {
    suite,
    name,
    seed,
    cases: one.cases ?? 1,
    files: 0,
    lost: 0,
    doubled: 0,
    stale: 0,
    unsettled: 0,
    violations: [],
    states: {},
    seconds: 0,
  };
  try {
    await house.keepWorkers();
    const played = await one.play(house);
    house.heal();
    await house.keepWorkers();
    await house.settled(played.sent);
    result.files = played.sent.length;
    result.violations.push(...(played.violations ?? []));
    for (const sent of byDataset(played.sent)) add(result, await checkDataset(house.pool, sent));
  } catch (error) {
    result.violations.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    house.heal();
  }
  result.seconds = (performance.now() - begin) / 1_000;
  return result;
}

function byDataset(sent: readonly Sent[]): Sent[][] {
  return [...Map.groupBy(sent, ({ datasetSlug }) => datasetSlug).values()];
}

function add(result: CaseResult, report: DatasetReport): void {
  for (const count of ['lost', 'doubled', 'stale', 'unsettled'] as const) result[count] += report[count];
  for (const [state, count] of Object.entries(report.states))
    result.states[state] = (result.states[state] ?? 0) + count;
  result.violations.push(...report.violations);
}
