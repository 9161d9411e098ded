import { randomUUID } from 'node:crypto';
import { announceTimeline, recordArrival } from '@hikyaku/db/ledger';
import { mostStatesAtOnce } from '@hikyaku/types';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ApiClient, dataOf, errorCodeOf, errorOf } from './api-client.ts';
import { eventData, type EventStream } from './event-stream.ts';
import { testApi, type TestApi } from './test-api.ts';
import type { TestOrganization, TestPerson } from './test-world.ts';

const page = z.object({ items: z.array(z.looseObject({ id: z.uuid() })), nextCursor: z.string().nullable() });
const file = z.looseObject({ id: z.uuid(), state: z.string() });
/** Within which people see that something happened. */
const soon = 2_000;

let api: TestApi;
let pool: Pool;

beforeAll(async () => {
  api = await testApi({ SESSION_CHECK_SECONDS: 0.3 });
  pool = new Pool({ connectionString: api.database.app, max: 4 });
});
afterAll(async () => {
  await pool.end();
  await api.close();
});

test('the states of as many files as are asked for together fit into one address', async () => {
  const { organization, client } = await makeOffice();
  const own = await makeArrival(organization);
  const fileIds = Array.from({ length: mostStatesAtOnce - 1 }, () => randomUUID());
  const states = await client.query('files.states', { fileIds: [...fileIds, own.id] });
  expect(dataOf(states, z.array(file)).map(({ id }) => id)).toEqual([own.id]);
  expect(errorCodeOf(await client.query('files.states', { fileIds: [...fileIds, own.id, randomUUID()] }))).toBe(
    'invalid-input',
  );
});

describe('a list of files', () => {
  test('of 130, most of one moment, shows every file once over pages of 50, newest first', async () => {
    const { organization, client } = await makeOffice();
    const made = new Set<string>();
    for (let count = 0; count < 130; count += 1) made.add((await makeArrival(organization)).id);
    await api.superuser.query(
      `UPDATE arrival SET created_at = '2026-11-21 00:00:00.123456+00' WHERE organization_id = $1`,
      [organization.id],
    );
    await api.superuser.query(
      `UPDATE arrival SET created_at = created_at + interval '1 millisecond'
        WHERE id IN (SELECT id FROM arrival WHERE organization_id = $1 LIMIT 5)`,
      [organization.id],
    );

    const seen: string[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const input: { limit: number; cursor?: string } = { limit: 50, ...(cursor ? { cursor } : {}) };
      const answer = dataOf(await client.query('files.list', input), page);
      seen.push(...answer.items.map(({ id }) => id));
      cursor = answer.nextCursor;
      pages += 1;
      // A file that comes in between belongs before the first page and shifts nothing.
      if (pages === 1) await makeArrival(organization);
    } while (cursor);
    expect(pages).toBe(3);
    expect(seen).toHaveLength(130);
    expect(new Set(seen)).toEqual(made);
  });

  test("another organization's cursor gives nothing of it", async () => {
    const [theirs, own] = [await makeOffice(), await makeOffice()];
    for (let count = 0; count < 3; count += 1) await makeArrival(theirs.organization);
    const { nextCursor } = dataOf(await theirs.client.query('files.list', { limit: 2 }), page);
    expect(nextCursor).not.toBeNull();
    expect(dataOf(await own.client.query('files.list', { limit: 2, cursor: nextCursor }), page).items).toEqual([]);
  });

  test('with a cursor that is none of ours begins at its start instead of failing', async () => {
    const { organization, client } = await makeOffice();
    const { id } = await makeArrival(organization);
    for (const cursor of ['', 'x', 'e30', Buffer.from('["2026-13-45","x"]').toString('base64url')]) {
      const { items } = dataOf(await client.query('files.list', { limit: 2, cursor }), page);
      expect(items.map((one) => one.id)).toEqual([id]);
    }
  });

  test('of no, half a or too many entries is refused', async () => {
    const { client } = await makeOffice();
    for (const limit of [0, 201, 1.5, -1]) {
      expect(errorCodeOf(await client.query('files.list', { limit }))).toBe('invalid-input');
    }
  });

  test('tells what needs somebody, and counts the day', async () => {
    const { organization, client } = await makeOffice();
    const refused = await makeArrival(organization, { sizeBytes: 0 });
    await makeArrival(organization);
    const whole = await makeArrival(organization);
    const faulty = await makeArrival(organization);
    for (const [id, rejected] of [
      [whole.id, 0],
      [faulty.id, 3],
    ]) {
      await api.superuser.query(`UPDATE arrival SET state = 'running' WHERE id = $1`, [id]);
      await api.superuser.query(
        `UPDATE arrival SET state = 'taken_in', rows_read = 9, rows_inserted = 0, rows_updated = 0, rows_unchanged = 0,
                rows_repeated = 0, rows_rejected = $2 WHERE id = $1`,
        [id, rejected],
      );
    }
    const needing = dataOf(await client.query('files.list', { limit: 10, needsYou: true }), page);
    expect(needing.items.map(({ id }) => id)).toEqual([faulty.id, refused.id]);
    expect(dataOf(await client.query('files.today'), z.unknown())).toEqual({
      total: 4,
      // The file with refused rows is taken in, and told among those that need somebody: each file once.
      takenIn: 1,
      working: 1,
      needsYou: 2,
    });
  });
});

describe('watching a file', () => {
  test('tells it whole at once, and each change soon after it happened', async () => {
    const { organization, client } = await makeOffice();
    const { id } = await makeArrival(organization);
    const stream = await client.subscribe('files.watch', { fileId: id });
    try {
      expect(eventData(await stream.next(soon), file)).toMatchObject({ id, state: 'received' });
      for (const [state, shown] of [
        ['running', 'taking_in'],
        ['failed', 'failed'],
        ['queued', 'received'],
      ] as const) {
        await api.superuser.query('UPDATE arrival SET state = $2 WHERE id = $1', [id, state]);
        await announceTimeline(pool);
        expect(eventData(await stream.next(soon), file)).toMatchObject({ id, state: shown });
      }
    } finally {
      stream.close();
    }
  });

  test('resumed after a drop sends what changed, and nothing where nothing did', async () => {
    const { organization, client } = await makeOffice();
    const { id } = await makeArrival(organization);
    const first = await client.subscribe('files.watch', { fileId: id });
    const { id: lastEventId } = await first.next(soon);
    first.close();
    const unchanged = await client.subscribe('files.watch', { fileId: id, lastEventId });
    await unchanged.next(soon, 'connected');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(unchanged.events.filter(({ event }) => event === 'message')).toEqual([]);
    unchanged.close();
    await api.superuser.query(`UPDATE arrival SET state = 'running' WHERE id = $1`, [id]);
    const changed = await client.subscribe('files.watch', { fileId: id, lastEventId });
    expect(eventData(await changed.next(soon), file)).toMatchObject({ state: 'taking_in' });
    changed.close();
  });

  test('that is not there ends with an error that a client does not repeat', async () => {
    const { client } = await makeOffice();
    const stream = await client.subscribe('files.watch', { fileId: randomUUID() });
    const failure = await stream.next(soon, 'serialized-error');
    expect(errorOf(`{"error":${failure.data}}`).data).toMatchObject({
      code: 'NOT_FOUND',
      hikyaku: { code: 'not-found' },
    });
    await stream.ended;
  });
});

describe('watching the list', () => {
  test('tells each file that changes within two seconds, also one that another process recorded', async () => {
    const { organization, client } = await makeOffice();
    const stream = await client.subscribe('files.watchList');
    try {
      await settled(stream);
      for (let count = 0; count < 3; count += 1) {
        const begin = Date.now();
        const { id } = await makeArrival(organization);
        await announceTimeline(pool);
        expect(eventData(await stream.next(soon), file).id).toBe(id);
        expect(Date.now() - begin).toBeLessThan(soon);
      }
    } finally {
      stream.close();
    }
  });

  test('heals by itself when nobody says that something was committed', async () => {
    const { organization, client } = await makeOffice();
    const stream = await client.subscribe('files.watchList');
    await settled(stream);
    const { id } = await makeArrival(organization);
    expect(eventData(await stream.next(4_000), file).id).toBe(id);
    stream.close();
  });

  test('resumed after a drop misses nothing, in the order of the changes', async () => {
    const { organization, client } = await makeOffice();
    const first = await client.subscribe('files.watchList');
    await settled(first);
    await makeArrival(organization);
    await announceTimeline(pool);
    const { id: lastEventId } = await first.next(soon);
    first.close();
    const missed: string[] = [];
    for (let count = 0; count < 25; count += 1) missed.push((await makeArrival(organization)).id);
    await announceTimeline(pool);
    const second = await client.subscribe('files.watchList', { lastEventId });
    const told: string[] = [];
    for (let count = 0; count < 25; count += 1) told.push(eventData(await second.next(3_000), file).id);
    expect(told).toEqual(missed);
    second.close();
  });
});

describe('an open stream', () => {
  test.each(['files.watch', 'files.watchList'])(
    '%s ends when the session has run out, though changes go on',
    async (path) => {
      const { organization, client, person } = await makeOffice();
      const { id } = await makeArrival(organization);
      const stream = await client.subscribe(path, path === 'files.watch' ? { fileId: id } : undefined);
      await settled(stream);
      await api.superuser.query(
        `UPDATE auth.session SET expires_at = now() - interval '1 second' WHERE person_id = $1`,
        [person.id],
      );
      await changeUntilEnded(stream, organization);
      expectUnauthenticated(stream);
    },
  );

  test('ends when its reader is no member any more, though they are one of another organization', async () => {
    const { organization, client, person } = await makeOffice();
    await api.join(person, await api.makeOrganization(), 'administrator');
    const stream = await client.subscribe('files.watchList');
    await settled(stream);
    await api.authDatabase.membership.deleteMany({ where: { personId: person.id, organizationId: organization.id } });
    await changeUntilEnded(stream, organization);
    expectUnauthenticated(stream);
    const after = stream.events.length;
    await makeArrival(organization);
    expect(stream.events).toHaveLength(after);
  });

  test('goes on while its reader may', async () => {
    const { organization, client } = await makeOffice();
    const stream = await client.subscribe('files.watchList');
    await settled(stream);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { id } = await makeArrival(organization);
    await announceTimeline(pool);
    expect(eventData(await stream.next(soon), file).id).toBe(id);
    stream.close();
  });

  test('leaves nothing behind when its reader goes away', async () => {
    const { client } = await makeOffice();
    const openAndClose = async () => {
      const streams = await Promise.all(Array.from({ length: 20 }, () => client.subscribe('files.watchList')));
      await Promise.all(streams.map(settled));
      const whileOpen = held();
      for (const stream of streams) stream.close();
      return whileOpen;
    };
    // The first round fills the pools of database connections, which stay for a while.
    await openAndClose();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const before = held();
    // Both ends of each, and a timer the server waits by.
    expect(await openAndClose()).toBeGreaterThanOrEqual(before + 40);
    await expect.poll(held, { timeout: 2_000 }).toBeLessThan(before + 10);
  });
});

/** Sockets, of both ends, and timers of this process. */
function held(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap' || kind === 'Timeout').length;
}

/** Changes come all the time: an end must not wait for a silence. */
async function changeUntilEnded(stream: EventStream, organization: TestOrganization): Promise<void> {
  const over = new AbortController();
  const ended = stream.ended.then(() => over.abort());
  const deadline = Date.now() + 4_000;
  while (!over.signal.aborted && Date.now() < deadline) {
    await makeArrival(organization);
    await announceTimeline(pool);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(over.signal.aborted).toBe(true);
  await ended;
}

function expectUnauthenticated(stream: EventStream): void {
  const failure = stream.events.find(({ event }) => event === 'serialized-error');
  expect(errorOf(`{"error":${failure?.data}}`).data).toMatchObject({
    code: 'UNAUTHORIZED',
    hikyaku: { code: 'unauthenticated' },
  });
}

/** Until the server looks from here on. */
async function settled(stream: EventStream): Promise<void> {
  await stream.next(soon, 'connected');
  await new Promise((resolve) => setTimeout(resolve, 200));
}

async function makeOffice(): Promise<{ organization: TestOrganization; person: TestPerson; client: ApiClient }> {
  const organization = await api.makeOrganization();
  const person = await api.makeMember(organization, 'uploader');
  return { organization, person, client: await api.signIn(person) };
}

function makeArrival(organization: TestOrganization, changes: { sizeBytes?: number } = {}) {
  const key = `incoming/${organization.id}/${organization.dataset.slug}/${randomUUID()}.csv`;
  return recordArrival(pool, {
    bucket: 'b',
    key,
    versionId: randomUUID(),
    etag: 'e',
    sizeBytes: 10,
    at: new Date(),
    ...changes,
  });
}
