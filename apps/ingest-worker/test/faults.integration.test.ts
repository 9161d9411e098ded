import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testCloud } from '@hikyaku/local-cloud/testing';
import { type FaultHouse, openFaultHouse } from '../faults/fault-house.ts';
import { findLeftovers } from '../faults/find-leftovers.ts';
import { runCase } from '../faults/run-cases.ts';
import { bombCases, ciphertextCases, poisonRowCases } from '../faults/suites/poison.ts';
import { freezeCases } from '../faults/suites/freezes.ts';
import { killCases } from '../faults/suites/kills.ts';
import { outageCases } from '../faults/suites/outages.ts';
import { runPoints } from '../src/run-points.ts';
import { buildHouse, type House, itemsFile } from './house.ts';
import { chosenBackend } from './queue-backend.ts';
import { until } from './until.ts';
import type { WorkerProcess } from './worker-process.ts';

const isMine = (index: number) => index % 2 === (chosenBackend() === 'redis' ? 1 : 0);

/**
 * A short selection of `npm run test:faults`: every point once, half of them with the jobs in PostgreSQL and half in Redis; what has
 * nothing to do with where jobs wait on one of the two.
 */
describe('no row is lost, doubled or old, and every file has one outcome', () => {
  const cases = [
    ...killCases(1, runPoints.length).filter((_, index) => isMine(index)),
    ...freezeCases(1, 7).filter(({ name }) => name === (isMine(0) ? 'frozen at copy-half' : 'frozen at before-commit')),
    ...outageCases(1, 19).filter(
      ({ name }) => name === 'jobs emptied' || (isMine(0) && name === 'S3 silent in the middle of bodies'),
    ),
    ...poisonRowCases(1, 2),
    // Where jobs wait is nothing to a file: each of these on one of the two. Archives, as the other bombs and all the rows
    // are read by `poison-files.integration.test.ts`; ciphertext of each form, damaged in each way.
    ...(isMine(0) ? ciphertextCases(1, 34) : bombCases(16, 5)),
  ];
  let house: FaultHouse;

  beforeAll(async () => {
    const name = `faults-${chosenBackend()}-${Date.now().toString(36)}`;
    house = await openFaultHouse({ cloud: testCloud(), name, jobs: chosenBackend(), seed: 1 });
  });
  afterAll(() => house.close());

  test.each(cases)('$suite, $name (seed $seed)', { timeout: 180_000 }, async (one) => {
    const { lost, doubled, stale, unsettled, violations } = await runCase(house, one);
    expect({ lost, doubled, stale, unsettled, violations }).toEqual({
      lost: 0,
      doubled: 0,
      stale: 0,
      unsettled: 0,
      violations: [],
    });
  });

  test('and nothing is left behind', { timeout: 120_000 }, async () => {
    expect(await findLeftovers(house)).toEqual([]);
  });
});

describe('what has no point of its own', () => {
  let house: House;
  let worker: WorkerProcess;

  beforeAll(async () => {
    house = await buildHouse();
    worker = await house.startWorker();
  });
  afterAll(() => house.tearDown());

  async function replaceWorker(): Promise<void> {
    worker.signal('SIGKILL');
    await worker.exited;
    worker = await house.startWorker();
  }

  /** Every row once, and one committed run. */
  async function expectTakenInOnce(key: string, rows: number): Promise<void> {
    const arrival = await house.arrival(key, 'taken_in');
    const runs = await house.runs(arrival.id);
    expect(runs.filter((run) => run.state === 'committed')).toHaveLength(1);
    expect(await house.query(`SELECT count(*) AS rows FROM "${house.target.schema}".items`)).toEqual([
      { rows: String(rows) },
    ]);
  }

  test('kill -9 while a run waits for the table: taken in, once', async () => {
    const holder = await house.lock(`"${house.target.schema}".items`);
    const { key } = await house.put('killed-waiting.csv', itemsFile(50));
    const arrival = await house.arrival(key, 'running');
    await until(
      async () => (await house.runs(arrival.id)).some((run) => run.state === 'waiting_for_lock') || undefined,
      'a run that waits',
    );
    await replaceWorker();
    await holder.end();
    await expectTakenInOnce(key, 50);
  });

  test('SIGTERM gives a file back that cannot be finished in time; the attempt does not count', async () => {
    worker.signal('SIGKILL');
    await worker.exited;
    worker = await house.startWorker({ STOP_GRACE_SECONDS: '0' });
    const { key } = await house.put('released.csv', itemsFile(400_000));
    const arrival = await house.arrival(key, 'running');
    const begin = Date.now();
    worker.signal('SIGTERM');
    expect(await worker.exited).toBe(0);
    expect(Date.now() - begin).toBeLessThan(10_000);
    expect(await house.query('SELECT state, attempts FROM arrival WHERE id = $1', [arrival.id])).toEqual([
      { state: 'queued', attempts: 0 },
    ]);
    await house.expectNothingLeft();
    worker = await house.startWorker();
    await expectTakenInOnce(key, 400_000);
  });
});
