import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Client, Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listChangedFiles, listenToTimeline, newestSequence, type TimelineAnnouncement } from '../src/index.ts';
import { announceTimeline, recordArrival, startAnnouncer } from '../src/ledger/index.ts';
import { keyIn, type LedgerOrganization, objectAt, testLedger, type TestLedger } from './test-ledger.ts';

let ledger: TestLedger;
let organization: LedgerOrganization;

beforeAll(async () => {
  ledger = await testLedger({ maxConnections: 20 });
  organization = await ledger.makeOrganization();
});
afterAll(() => ledger.close());

test('a reader that follows the sequence misses no entry and meets none twice, however late and in whatever order writers commit', async () => {
  const written = new Set<string>();
  const seen = new Set<string>();
  const writing = new AbortController();
  let announced = 0;
  // Entries get their ids at once and become visible much later, out of order.
  const write = async (writer: number) => {
    for (let round = 0; round < 12; round += 1) {
      const client = await ledger.pool.connect();
      await client.query('BEGIN');
      const { id } = await recordArrival(client, objectAt(keyIn(organization)));
      await setTimeout((writer * 7 + round * 13) % 40);
      await client.query(round % 6 === 5 ? 'ROLLBACK' : 'COMMIT');
      if (round % 6 !== 5) written.add(id);
      client.release();
    }
  };
  // Announcers that dawdle before they commit, as on a busy database.
  const announce = async (milliseconds: number) => {
    while (!writing.signal.aborted) {
      const client = await ledger.pool.connect();
      await client.query('BEGIN');
      const { rows } = await client.query<{ n: number }>('SELECT announce_timeline() AS n');
      announced += rows[0]?.n ?? 0;
      await setTimeout(milliseconds);
      await client.query('COMMIT');
      client.release();
    }
  };
  const read = async () => {
    let cursor = 0n;
    for (let isLast = false; ;) {
      isLast = writing.signal.aborted;
      const changes = await ledger.app.inOrganization(organization, (transaction) =>
        listChangedFiles(transaction, cursor, 5),
      );
      for (const { fileId, sequence } of changes) {
        expect(sequence).toBeGreaterThan(cursor);
        cursor = sequence;
        seen.add(fileId);
      }
      if (isLast && changes.length === 0) return;
      await setTimeout(2);
    }
  };
  const background = [announce(25), announce(1), read()];
  await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
  const left = await announceTimeline(ledger.pool);
  announced += left;
  writing.abort();
  await Promise.all(background);

  expect(written.size).toBe(80);
  expect([...written].filter((id) => !seen.has(id))).toEqual([]);
  const { rows } = await ledger.superuser.query(
    'SELECT count(*)::int AS entries, count(sequence)::int AS numbered FROM timeline_entry',
  );
  expect(rows).toEqual([{ entries: announced, numbered: announced }]);
});

test('entries of one announcement are numbered in the order they were written', async () => {
  await Promise.all(Array.from({ length: 200 }, () => recordArrival(ledger.pool, objectAt(keyIn(organization)))));
  expect(await announceTimeline(ledger.pool)).toBe(400);
  const { rows } = await ledger.superuser.query(
    `SELECT count(*)::int AS swapped FROM (
       SELECT sequence, lag(sequence) OVER (ORDER BY id) AS before FROM timeline_entry ORDER BY id DESC LIMIT 400
     ) entries WHERE sequence <= before`,
  );
  expect(rows).toEqual([{ swapped: 0 }]);
});

test('whoever begins now hears only of what comes next', async () => {
  const newest = await ledger.app.inOrganization(organization, newestSequence);
  const look = () =>
    ledger.app.inOrganization(organization, (transaction) => listChangedFiles(transaction, newest, 10));
  expect(await look()).toEqual([]);
  const { id } = await recordArrival(ledger.pool, objectAt(keyIn(organization)));
  expect(await look()).toEqual([]);
  await announceTimeline(ledger.pool);
  expect((await look()).map(({ fileId }) => fileId)).toEqual([id]);
});

test('an announcement names ids and nothing else, once per file', async () => {
  await withListener(async ({ heard }) => {
    const { id } = await recordArrival(ledger.pool, objectAt(keyIn(organization)));
    const unrouted = await recordArrival(ledger.pool, objectAt(`incoming/${randomUUID()}`));
    await announceTimeline(ledger.pool);
    await until(() => heard.length >= 2);
    expect(heard.map(({ fileId, organizationId }) => ({ fileId, organizationId }))).toEqual([
      { fileId: id, organizationId: organization.organizationId },
      { fileId: unrouted.id, organizationId: null },
    ]);
  });
});

test('a listener passes over what is not an announcement of ours', async () => {
  await withListener(async ({ heard }) => {
    const jobs = await ledger.connect('jobs');
    for (const payload of ['', 'x', '{"organizationId":1}', '[]']) {
      await jobs.query(`SELECT pg_notify('hikyaku_timeline', $1)`, [payload]);
    }
    const { id } = await recordArrival(ledger.pool, objectAt(keyIn(organization)));
    await announceTimeline(ledger.pool);
    await until(() => heard.length > 0);
    expect(heard.map(({ fileId }) => fileId)).toEqual([id]);
  });
});

test('a listener that was cut off comes back, says so, and hears again', async () => {
  await withListener(async (listener) => {
    const { heard } = listener;
    await ledger.superuser.query('SELECT pg_terminate_backend($1)', [await listener.processId()]);
    await until(() => listener.gaps() === 1);
    const { id } = await recordArrival(ledger.pool, objectAt(keyIn(organization)));
    await announceTimeline(ledger.pool);
    await until(() => heard.length > 0);
    expect(heard.map(({ fileId }) => fileId)).toEqual([id]);
  });
});

test('an announcer announces soon, gathers what comes in between, and what is left when it closes', async () => {
  const pool = new Pool({ connectionString: ledger.database.app, max: 1 });
  const announcer = startAnnouncer({ pool, sweepMilliseconds: 60_000, onError: (error) => expect.fail(String(error)) });
  await withListener(async ({ heard }) => {
    await recordArrival(ledger.pool, objectAt(keyIn(organization)));
    const begin = Date.now();
    announcer.announce();
    await until(() => heard.length === 1);
    expect(Date.now() - begin).toBeLessThan(1_000);
    await recordArrival(ledger.pool, objectAt(keyIn(organization)));
    await announcer.close();
    await until(() => heard.length === 2);
  });
  await pool.end();
});

async function withListener(
  work: (listener: { heard: TimelineAnnouncement[]; gaps(): number; processId(): Promise<number> }) => Promise<void>,
): Promise<void> {
  await announceTimeline(ledger.pool);
  const heard: TimelineAnnouncement[] = [];
  let gaps = 0;
  const url = new URL(ledger.database.app);
  const name = `listener-${randomUUID()}`;
  url.searchParams.set('application_name', name);
  const listener = listenToTimeline({
    url: url.href,
    onAnnouncement: (announcement) => heard.push(announcement),
    onReconnect: () => {
      gaps += 1;
    },
    onError: () => undefined,
    reconnectDelayMilliseconds: 50,
  });
  const observer = new Client(ledger.database.superuser);
  await observer.connect();
  const find = async () => {
    const { rows } = await observer.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE application_name = $1 AND query LIKE 'LISTEN%' AND state = 'idle'`,
      [name],
    );
    return rows[0]?.pid;
  };
  try {
    await until(async () => (await find()) !== undefined);
    await work({ heard, gaps: () => gaps, processId: async () => (await find()) ?? 0 });
  } finally {
    await listener.close();
    await observer.end();
  }
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('it did not happen within 5 s');
    await setTimeout(10);
  }
}
