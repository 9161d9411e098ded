import { randomUUID } from 'node:crypto';
import { noteDeletedObject, recordArrival } from '@hikyaku/db/ledger';
import { fileDetail } from '@hikyaku/types';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ApiClient, dataOf, errorOf } from './api-client.ts';
import { testApi, type TestApi } from './test-api.ts';
import type { TestOrganization, TestPerson } from './test-world.ts';

let api: TestApi;
let pool: Pool;
let organization: TestOrganization;
let operator: TestPerson;
let client: ApiClient;

beforeAll(async () => {
  api = await testApi();
  pool = new Pool({ connectionString: api.database.app, max: 1 });
});
beforeEach(async () => {
  organization = await api.makeOrganization();
  operator = await api.makeMember(organization, 'operator');
  client = await api.signIn(operator);
});
afterAll(async () => {
  await pool.end();
  await api.close();
});

/** A foreign client's file that ended like this. */
async function makeFile(state: string, causeCode: string): Promise<{ id: string; key: string; versionId: string }> {
  const versionId = randomUUID();
  const key = `incoming/${organization.id}/${organization.dataset.slug}/${versionId}.csv`;
  const { id } = await recordArrival(pool, { bucket: 'b', key, versionId, etag: 'e', sizeBytes: 10, at: new Date() });
  await api.superuser.query(`UPDATE arrival SET state = $2, cause_code = $3 WHERE id = $1`, [id, state, causeCode]);
  return { id, key, versionId };
}

async function detailOf(fileId: string) {
  return dataOf(await client.query('files.get', { fileId }), fileDetail);
}

describe('an operator', () => {
  test('runs a failed file again; it says so in its timeline and in the audit trail, with the name', async () => {
    const { id } = await makeFile('failed', 'storage-unavailable');
    expect(await detailOf(id)).toMatchObject({ state: 'failed', isRedrivable: true });
    expect((await client.mutate('files.redrive', { fileId: id })).status).toBe(200);
    const file = await detailOf(id);
    expect(file).toMatchObject({ state: 'received', isRedrivable: false, cause: null });
    expect(file.timeline.at(-1)).toMatchObject({ subject: 'arrival', state: 'queued', actor: operator.name });
    const { rows } = await api.superuser.query('SELECT action, actor_id FROM audit_event WHERE subject_id = $1', [id]);
    expect(rows).toEqual([{ action: 'file.redrive', actor_id: operator.id }]);
  });

  test.each([
    ['refused', 'checksum-mismatch'],
    ['taken_in', 'internal'],
  ])('is told that a file that is %s can not be run again', async (state, cause) => {
    const { id } = await makeFile('failed', cause);
    await api.superuser.query(
      `ALTER TABLE arrival DISABLE TRIGGER arrival_changed; UPDATE arrival SET state = '${state}' WHERE id = '${id}';
       ALTER TABLE arrival ENABLE TRIGGER arrival_changed`,
    );
    expect(await detailOf(id)).toMatchObject({ isRedrivable: false });
    const { body } = await client.mutate('files.redrive', { fileId: id });
    expect(errorOf(body).data.hikyaku.code).toBe('not-redrivable');
  });

  test('runs all failed files again, of one dataset or of all, and is told how many', async () => {
    for (let index = 0; index < 3; index += 1) await makeFile('failed', 'internal');
    expect(dataOf(await client.query('files.failed'), z.unknown())).toEqual({ count: 3 });
    const answer = await client.mutate('files.redriveAll', { datasetSlug: organization.dataset.slug });
    expect(dataOf(answer, z.unknown())).toEqual({ redriven: 3, left: 0 });
    expect(dataOf(await client.mutate('files.redriveAll', {}), z.unknown())).toEqual({ redriven: 0, left: 0 });
    const { rows } = await api.superuser.query(
      `SELECT details FROM audit_event WHERE organization_id = $1 AND action = 'file.redrive-failed'`,
      [organization.id],
    );
    expect(rows).toEqual([{ details: { count: 3 } }]);
  });
});

test('an uploader runs nothing again', async () => {
  const { id } = await makeFile('failed', 'internal');
  const uploader = await api.signIn(await api.makeMember(organization, 'uploader'));
  for (const [path, input] of [
    ['files.redrive', { fileId: id }],
    ['files.redriveAll', {}],
  ] as const) {
    expect(errorOf((await uploader.mutate(path, input)).body).data.hikyaku.code).toBe('forbidden');
  }
  expect(await detailOf(id)).toMatchObject({ state: 'failed' });
});

test('a file whose object was deleted from storage says since when', async () => {
  const { id, key, versionId } = await makeFile('failed', 'internal');
  expect((await detailOf(id)).technical.deletedAt).toBeNull();
  const at = new Date('2026-11-22T05:00:00Z');
  expect(await noteDeletedObject(pool, { bucket: 'b', key, versionId, at })).toBe(true);
  expect(await noteDeletedObject(pool, { bucket: 'b', key, versionId, at: new Date() })).toBe(false);
  expect((await detailOf(id)).technical.deletedAt).toBe(at.toISOString());
});
