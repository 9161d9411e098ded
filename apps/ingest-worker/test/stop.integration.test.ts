import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FaultProxy } from '@hikyaku/local-cloud/fault-proxy';
import { testCloud } from '@hikyaku/local-cloud/testing';
import { expect, test } from 'vitest';
import { openFaultParts } from '../faults/fault-parts.ts';
import { until } from './until.ts';
import { spawnProcess } from './worker-process.ts';

const workerMain = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** As in production: the end may not count on short waits. */
const productionWaits = {
  CLAIM_SECONDS: '30',
  RETRY_SECONDS: '10',
  SWEEP_SECONDS: '5',
  VISIBILITY_TIMEOUT_SECONDS: '30',
  SILENCE_SECONDS: '30',
  STOP_GRACE_SECONDS: '20',
};

const breaks = {
  /** Nobody is there any more. */
  refuse(proxy: FaultProxy) {
    proxy.setWire({ refuse: true });
    for (const connection of proxy.connections()) connection.cut('now');
  },
  /** Connections stay open and new ones are let in, and not a byte comes back. */
  'say nothing on': (proxy: FaultProxy) => proxy.setWire({ end: { how: 'stall', afterBytes: 0 } }),
};

test.concurrent.each([
  { how: 'refuse', jobs: 'redis' },
  { how: 'say nothing on', jobs: 'postgresql' },
] as const)(
  'SIGTERM ends a worker within 10 s while all its services $how every connection, with its jobs in $jobs',
  { timeout: 90_000 },
  async ({ how, jobs }) => {
    const name = `stop-${how.slice(0, 3)}-${jobs}-${Date.now().toString(36)}`;
    const parts = await openFaultParts({ cloud: testCloud(), name, jobs, seed: 1 });
    const { worker } = spawnProcess(workerMain, { ...parts.environment, ...productionWaits });
    try {
      await until(() => worker.log().includes('"msg":"started"') || undefined, 'the worker to start');
      for (const proxy of Object.values(parts.proxies)) breaks[how](proxy);
      // So that it is in the middle of trying.
      await delay(2_000);
      const begin = Date.now();
      worker.signal('SIGTERM');
      expect(await worker.exited).toBe(0);
      expect(Date.now() - begin).toBeLessThan(10_000);
    } finally {
      worker.signal('SIGKILL');
      await worker.exited;
      await parts.close();
    }
  },
);
