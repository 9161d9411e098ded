import { type FaultProxy, openFaultProxy } from '@hikyaku/local-cloud/fault-proxy';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createPool } from '../src/create-pool.ts';
import { listenToTimeline } from '../src/index.ts';
import { testLedger, type TestLedger } from './test-ledger.ts';

let ledger: TestLedger;
let proxy: FaultProxy;
let url: string;

beforeAll(async () => {
  ledger = await testLedger();
  const address = new URL(ledger.database.app);
  proxy = await openFaultProxy({ target: { host: '127.0.0.1', port: Number(address.port) } });
  address.port = String(proxy.port);
  url = address.href;
});
afterEach(() => {
  proxy.heal();
  // A PostgreSQL makes and drops no database while a client of it is silent in the middle of logging in.
  for (const connection of proxy.connections()) connection.cut('now');
});
afterAll(async () => {
  await proxy.close();
  await ledger.close();
});

const fallSilent = () => proxy.setWire({ end: { how: 'stall', afterBytes: 0 } });

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('it did not happen within 5 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('a statement that is not answered fails in time, and with it all that waits on its connection', async () => {
  const pool = createPool({ url, maxConnections: 2, mostSecondsHeld: 1 });
  const client = await pool.connect();
  await pool.query('SELECT 1');
  fallSilent();
  const begin = Date.now();
  const answers = await Promise.allSettled([pool.query('SELECT 2'), client.query('BEGIN')]);
  client.release(true);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(Date.now() - begin).toBeLessThan(3_000);

  proxy.heal();
  expect((await pool.query('SELECT 3 AS answer')).rows).toEqual([{ answer: 3 }]);
  await pool.end();
});

test('one that is answered in time is left alone, however often its connection is used', async () => {
  const pool = createPool({ url, maxConnections: 1, mostSecondsHeld: 1 });
  for (let index = 0; index < 3; index += 1) await pool.query('SELECT pg_sleep(0.5)');
  const { rows } = await pool.query(
    'SELECT count(*)::int AS connections FROM pg_stat_activity WHERE pid = pg_backend_pid()',
  );
  expect(rows).toEqual([{ connections: 1 }]);
  expect(pool.totalCount).toBe(1);
  await pool.end();
});

test('a listener whose server falls silent connects again, and says that it missed something', async () => {
  let gaps = 0;
  const before = proxy.statistics().connections;
  const listener = listenToTimeline({
    url,
    onAnnouncement: () => undefined,
    onReconnect: () => (gaps += 1),
    onError: () => undefined,
    reconnectDelayMilliseconds: 1_000,
    signOfLifeMilliseconds: 200,
  });
  await until(() => proxy.statistics().connections === before + 1);
  // Signs of life alone change nothing.
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(gaps).toBe(0);
  fallSilent();
  await new Promise((resolve) => setTimeout(resolve, 600));
  proxy.heal();
  await until(() => gaps === 1);
  await listener.close();
});
