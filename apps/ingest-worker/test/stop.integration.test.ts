import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FaultProxy } from '@hikyaku/local-cloud/fault-proxy';
import { testCloud } from '@hikyaku/local-cloud/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFaultParts } from '../faults/fault-parts.ts';
import { until } from './until.ts';
import { spawnProcess, type WorkerProcess } from './worker-process.ts';

const workerMain = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** As in production: nothing here may count on a short wait. */
const productionWaits = {
  CLAIM_SECONDS: '30',
  RETRY_SECONDS: '10',
  SWEEP_SECONDS: '5',
  VISIBILITY_TIMEOUT_SECONDS: '30',
  SILENCE_SECONDS: '30',
  STOP_GRACE_SECONDS: '20',
};

/** Nobody is there, for connections that are open too. */
function refuse(proxy: FaultProxy): void {
  proxy.setWire({ refuse: true });
  for (const connection of proxy.connections()) connection.cut('now');
}

/** Connections stay open and are made anew, and not a byte comes back. */
function silence(proxy: FaultProxy): void {
  proxy.setWire({ end: { how: 'stall', afterBytes: 0 } });
}

describe.each(['postgresql', 'redis'] as const)('a worker whose jobs are in %s', (jobs) => {
  let parts: Awaited<ReturnType<typeof openFaultParts>>;
  let worker: WorkerProcess | undefined;

  beforeAll(async () => {
    const name = `stop-${jobs}-${Date.now().toString(36)}`;
    parts = await openFaultParts({ cloud: testCloud(), name, jobs, seed: 1 });
  });
  afterAll(async () => {
    worker?.signal('SIGKILL');
    await worker?.exited;
    await parts.close();
  });

  test.each([
    { how: 'refuse every connection', breakAll: refuse },
    { how: 'say nothing any more', breakAll: silence },
  ])('ends within 10 s at SIGTERM when all its services $how', { timeout: 40_000 }, async ({ breakAll }) => {
    const started = spawnProcess(workerMain, { ...parts.environment, ...productionWaits }).worker;
    worker = started;
    await until(() => started.log().includes('"msg":"started"') || undefined, 'the worker to start');
    for (const proxy of Object.values(parts.proxies)) breakAll(proxy);
    // Long enough that it has met what is away.
    await delay(4_000);
    const begin = Date.now();
    started.signal('SIGTERM');
    const code = await started.exited;
    console.log(
      jobs,
      breakAll.name,
      code,
      Date.now() - begin,
      started
        .log()
        .split('\n')
        .slice(-25)
        .map((l) => l.slice(0, 300))
        .join('\n'),
    );
    expect(code).toBe(0);
    expect(Date.now() - begin).toBeLessThan(10_000);
    for (const proxy of Object.values(parts.proxies)) {
      proxy.heal();
      for (const connection of proxy.connections()) connection.cut('now');
    }
  });
});
