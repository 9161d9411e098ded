import { randomBytes, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { announceTimeline, recordArrival } from '@hikyaku/db/ledger';
import { receiptFile } from '@hikyaku/receipts';
import { findObject } from '@hikyaku/s3-core';
import { errorCode } from '@hikyaku/types';
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { v1Routes } from '../src/v1/route-list.ts';
import { dataOf } from './api-client.ts';
import { portalUrl } from './test-api.ts';
import { codeOf, v1Client, type V1Answered } from './v1-client.ts';
import { isAboutTokens, openV1House, partOf, partsOperations, sendPut, type V1House } from './v1-house.ts';
import { begun, problem, upload } from './v1-shapes.ts';

let house: V1House;
let pool: Pool;

beforeAll(async () => {
  house = await openV1House();
  pool = new Pool({ connectionString: house.api.database.app, max: 2 });
});

afterAll(async () => {
  await pool.end();
  await house.close();
});

describe('the way of a file from a script', () => {
  test('begins with 201, its address and one signed PUT; completing says that it is safe', async () => {
    const answer = await house.begin();
    expect(answer.status).toBe(201);
    const { uploadId, state, put: signed } = answer.as(begun);
    expect(answer.headers.get('location')).toBe(`/v1/uploads/${uploadId}`);
    expect(state).toBe('sending');
    expect((await sendPut(signed, '12345')).status).toBe(200);
    const completed = await house.script.send('POST', `/v1/uploads/${uploadId}/complete`);
    expect(completed.as(upload)).toMatchObject({ uploadId, state: 'received', isSettled: false });
    const again = await house.script.send('POST', `/v1/uploads/${uploadId}/complete`);
    expect(again.status).toBe(200);
  });

  test('is told with the token as who sent it, in the list, on the timeline and in the audit trail', async () => {
    const { uploadId, put: signed } = (await house.begin()).as(begun);
    await sendPut(signed, '12345');
    await house.script.send('POST', `/v1/uploads/${uploadId}/complete`);
    const file = dataOf(
      await house.client.query('files.get', { fileId: uploadId }),
      z.looseObject({ timeline: z.array(z.looseObject({})) }),
    );
    expect(file).toMatchObject({ origin: 'api', sentBy: '夜間バッチ (API)' });
    expect(file.timeline.map(({ actor }) => actor)).toEqual(['夜間バッチ (API)', '夜間バッチ (API)']);
    const { rows } = await house.api.superuser.query(
      'SELECT action, actor_id FROM audit_event WHERE subject_id = $1 ORDER BY id',
      [uploadId],
    );
    expect(rows).toEqual(
      ['upload.create', 'upload.complete'].map((action) => ({ action, actor_id: house.token.tokenId })),
    );
    const person = await house.api.superuser.query('SELECT person_id, api_token_id FROM upload WHERE id = $1', [
      uploadId,
    ]);
    expect(person.rows).toEqual([{ person_id: null, api_token_id: house.token.tokenId }]);
  });

  test('its state, counts and cause are told in the language asked for', async () => {
    const { uploadId } = await arrived('taken_in', {
      rows_read: 10,
      rows_rejected: 3,
      rows_inserted: 7,
      rows_updated: 0,
      rows_unchanged: 0,
      rows_repeated: 0,
    });
    const told = async (language: string) =>
      (await house.script.send('GET', `/v1/uploads/${uploadId}`, { headers: { 'accept-language': language } })).as(
        upload,
      );
    expect(await told('en')).toMatchObject({
      state: 'taken_in',
      stateText: 'Taken in, 3 lines refused',
      isSettled: true,
    });
    expect(await told('ja')).toMatchObject({
      stateText: '取り込み済み（不備 3 行）',
      counts: { read: 10, inserted: 7, rejected: 3 },
    });
    const refused = await arrived('refused', { cause_code: 'not-utf8' });
    const answer = await house.script.send('GET', `/v1/uploads/${refused.uploadId}`, {
      headers: { 'accept-language': 'en' },
    });
    expect(answer.as(upload)).toMatchObject({
      state: 'refused',
      cause: { code: 'not-utf8', text: { whatToDo: expect.any(String) } },
    });
    expect(answer.headers.get('content-language')).toBe('en');
  });

  test('its refused lines are listed in order, a page at a time', async () => {
    const { uploadId, arrivalId } = await arrived('taken_in', { rows_rejected: 3 });
    for (const line of [4, 7, 10]) {
      await house.api.superuser.query(
        `INSERT INTO reject (organization_id, arrival_id, ingest_run_id, line_number, column_name, code, value) VALUES ($1, $2, $3, $4, 'latitude', 'not-number', 'north')`,
        [house.organization.id, arrivalId, randomUUID(), line],
      );
    }
    const page = z.object({
      items: z.array(z.looseObject({ lineNumber: z.int() })),
      nextCursor: z.string().nullable(),
    });
    const headers = { 'accept-language': 'en' };
    const first = (await house.script.send('GET', `/v1/uploads/${uploadId}/rejects?limit=2`, { headers })).as(page);
    expect(first.items.map(({ lineNumber }) => lineNumber)).toEqual([4, 7]);
    expect(first.items[0]).toMatchObject({ text: "Line 4: 'latitude' is not a number (value: north)." });
    const rest = (await house.script.send('GET', `/v1/uploads/${uploadId}/rejects?cursor=${first.nextCursor}`)).as(
      page,
    );
    expect(rest).toMatchObject({ items: [{ lineNumber: 10 }], nextCursor: null });
  });

  test('its refused lines come back as a file, as they were sent', async () => {
    const counts = { rows_inserted: 1, rows_updated: 0, rows_unchanged: 0, rows_repeated: 0 };
    const { uploadId, arrivalId } = await arrived('taken_in', { ...counts, rows_read: 2, rows_rejected: 1 });
    const whole = await arrived('taken_in', { ...counts, rows_read: 1, rows_rejected: 0 });
    const own = [house.organization.id, arrivalId];
    await house.api.superuser.query(
      `INSERT INTO reject_header (organization_id, arrival_id, header, encoding, byte_order_mark, newline) VALUES ($1, $2, 'a,b', 'utf-8', false, E'\n')`,
      own,
    );
    await house.api.superuser.query(
      `INSERT INTO reject_line (organization_id, arrival_id, line_number, raw) VALUES ($1, $2, 4, 'x,"y"')`,
      own,
    );
    await house.api.superuser.query(
      `INSERT INTO reject (organization_id, arrival_id, ingest_run_id, line_number, column_name, code, value) VALUES ($1, $2, $2, 4, 'a', 'not-integer', 'x')`,
      own,
    );
    const path = `/v1/uploads/${uploadId}/rejects.csv`;
    const answer = await house.script.send('GET', path, { headers: { 'accept-language': 'en' } });
    expect(answer.body).toMatch(/^a,b,[^\n]+\nx,"y",4,'?"?'a' is not a whole number[^\n]*\n$/);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[^"]+"; filename\*=UTF-8''/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const none = await house.script.send('GET', `/v1/uploads/${whole.uploadId}/rejects.csv`);
    expect([none.status, codeOf(none)]).toEqual([404, 'no-refused-lines']);
  });

  test('has a receipt once it is settled', async () => {
    const { uploadId, arrivalId } = await arrived('running');
    const early = await house.script.send('GET', `/v1/uploads/${uploadId}/receipt`);
    expect([early.status, codeOf(early)]).toEqual([409, 'no-receipt-yet']);
    await setArrival(arrivalId, 'taken_in', {});
    const file = (await house.script.send('GET', `/v1/uploads/${uploadId}/receipt`)).as(receiptFile);
    expect(file.receipt).toMatchObject({ file: { id: uploadId }, sender: { name: '夜間バッチ (API)' } });
  });

  test('cancelled, is cancelled; stored, it can not be', async () => {
    const { uploadId } = (await house.begin()).as(begun);
    expect((await house.script.send('DELETE', `/v1/uploads/${uploadId}`)).as(upload)).toMatchObject({
      state: 'cancelled',
      isSettled: true,
    });
    const completed = await house.script.send('POST', `/v1/uploads/${uploadId}/complete`);
    expect([completed.status, codeOf(completed)]).toEqual([409, 'upload-not-open']);
    const receipt = await house.script.send('GET', `/v1/uploads/${uploadId}/receipt`);
    expect([receipt.status, codeOf(receipt)]).toEqual([404, 'no-receipt']);
    const stored = (await house.begin()).as(begun);
    await sendPut(stored.put, '12345');
    await house.script.send('POST', `/v1/uploads/${stored.uploadId}/complete`);
    const late = await house.script.send('DELETE', `/v1/uploads/${stored.uploadId}`);
    expect([late.status, codeOf(late)]).toEqual([409, 'upload-not-open']);
  });

  test('completed before its bytes are there is refused, and told that it may come yet', async () => {
    const { uploadId, put: signed } = (await house.begin()).as(begun);
    const early = await house.script.send('POST', `/v1/uploads/${uploadId}/complete`);
    expect(early.as(problem)).toMatchObject({ status: 409, code: 'object-missing', retriable: true });
    await sendPut(signed, '12345');
    expect((await house.script.send('POST', `/v1/uploads/${uploadId}/complete`)).status).toBe(200);
  });

  test('datasets are listed with their columns', async () => {
    const answer = await house.script.send('GET', '/v1/datasets');
    expect(answer.as(z.object({ items: z.array(z.looseObject({ slug: z.string() })) })).items).toMatchObject([
      { slug: house.organization.dataset.slug, primaryKey: ['city_id'], columns: expect.any(Array) },
    ]);
  });
});

describe('waiting', () => {
  test('answers as soon as the state has settled', async () => {
    const { uploadId, arrivalId } = await arrived('running');
    const startedAt = Date.now();
    const waiting = house.script.send('GET', `/v1/uploads/${uploadId}?wait=30`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await setArrival(arrivalId, 'taken_in', {});
    expect((await waiting).as(upload)).toMatchObject({ state: 'taken_in', isSettled: true });
    expect(Date.now() - startedAt).toBeLessThan(5_000);
  });

  test('answers with what there is when the time is over', async () => {
    const { uploadId } = await arrived('running');
    const startedAt = Date.now();
    expect((await house.script.send('GET', `/v1/uploads/${uploadId}?wait=1`)).as(upload)).toMatchObject({
      state: 'taking_in',
      isSettled: false,
    });
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1_000);
  });

  test('of what has settled already answers at once', async () => {
    const { uploadId } = await arrived('taken_in', {});
    const startedAt = Date.now();
    await house.script.send('GET', `/v1/uploads/${uploadId}?wait=30`);
    expect(Date.now() - startedAt).toBeLessThan(1_500);
  });
});

describe('an idempotency key', () => {
  test('sent by 32 at once makes one upload: one is new, the others are told that they are not', async () => {
    const key = randomUUID();
    const body = house.newFile();
    const answers = await Promise.all(Array.from({ length: 32 }, () => house.begin(body, key)));
    expect(new Set(answers.map((answer) => answer.as(begun).uploadId)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const replays = answers.filter(({ status }) => status === 200);
    expect(replays.map(({ headers }) => headers.get('idempotent-replayed'))).toEqual(
      Array.from({ length: 31 }, () => 'true'),
    );
    const { rows } = await house.api.superuser.query('SELECT count(*)::int AS n FROM upload WHERE file_name = $1', [
      body.fileName,
    ]);
    expect(rows).toEqual([{ n: 1 }]);
  });

  test('that several requests find free at the same moment is given to one of them by the database', async () => {
    const [key, body] = [randomUUID(), house.newFile()];
    // A connection for each, as a pool opens one only when one is asked for.
    await Promise.all(Array.from({ length: 6 }, () => house.begin()));
    // The first one is held before its commit; the others have looked by then.
    await house.api.superuser.query('BEGIN; LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE');
    const asked = Array.from({ length: 6 }, () => house.begin(body, key));
    try {
      await expect.poll(waitingForLocks, { timeout: 4_000 }).toBe(6);
    } finally {
      await house.api.superuser.query('COMMIT');
    }
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 200, 200, 201]);
    expect(new Set(answers.map((answer) => answer.as(begun).uploadId)).size).toBe(1);
  });

  test('of what has not arrived yet gives a fresh PUT for the same object', async () => {
    const [key, body] = [randomUUID(), house.newFile()];
    const first = (await house.begin(body, key)).as(begun);
    const second = (await house.begin(body, `"${key}"`)).as(begun);
    expect(second.uploadId).toBe(first.uploadId);
    expect(new URL(second.put?.url ?? '').pathname).toBe(new URL(first.put?.url ?? '').pathname);
    expect((await sendPut(second.put, '12345')).status).toBe(200);
  });

  test('of what is stored does nothing: nothing to send, no second version, no second arrival', async () => {
    const [key, body] = [randomUUID(), house.newFile()];
    const first = (await house.begin(body, key)).as(begun);
    await sendPut(first.put, '12345');
    await house.script.send('POST', `/v1/uploads/${first.uploadId}/complete`);
    const row = await house.objectOf(first.uploadId);
    const before = await everything(row);
    const answer = await house.begin(body, key);
    expect(answer.status).toBe(200);
    expect(answer.as(begun)).toMatchObject({ uploadId: first.uploadId, put: null, state: 'received' });
    expect(await everything(row)).toEqual(before);
  });

  test('of a run that died after sending finds what it sent', async () => {
    const [key, body] = [randomUUID(), house.newFile()];
    const first = (await house.begin(body, key)).as(begun);
    await sendPut(first.put, '12345');
    expect((await house.begin(body, key)).as(begun)).toMatchObject({
      uploadId: first.uploadId,
      put: null,
      state: 'received',
    });
  });

  test.each(['dataset', 'sizeBytes', 'contentType'])(
    'with another %s is refused, and the first upload stays',
    async (field) => {
      const [key, body] = [randomUUID(), house.newFile()];
      const { uploadId } = (await house.begin(body, key)).as(begun);
      const other = { dataset: await house.anotherDataset(), sizeBytes: 6, contentType: 'text/plain' };
      const answer = await house.begin(
        { ...body, [field]: Object.entries(other).find(([name]) => name === field)?.[1] },
        key,
      );
      expect(answer.as(problem)).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
      expect((await house.begin(body, key)).as(begun).uploadId).toBe(uploadId);
    },
  );

  test('with the same content under another name gets the first upload', async () => {
    const [key, body] = [randomUUID(), house.newFile()];
    const { uploadId } = (await house.begin(body, key)).as(begun);
    expect((await house.begin({ ...body, fileName: 'renamed.csv' }, key)).as(begun).uploadId).toBe(uploadId);
  });

  test.each(['aborted', 'expired', 'refused'])('whose upload was %s begins a new one', async (state) => {
    const [key, body] = [randomUUID(), house.newFile()];
    const first = (await house.begin(body, key)).as(begun);
    await house.api.superuser.query(`UPDATE upload SET state = $2::upload_state, settled_at = now() WHERE id = $1`, [
      first.uploadId,
      state,
    ]);
    const answer = await house.begin({ ...body, sizeBytes: 6 }, key);
    expect(answer.status).toBe(201);
    const second = answer.as(begun);
    expect(second.uploadId).not.toBe(first.uploadId);
    expect((await sendPut(second.put, '123456')).status).toBe(200);
    // What comes late of the first one is recorded all the same.
    const row = await house.objectOf(first.uploadId);
    const late = await recordArrival(pool, {
      ...row,
      versionId: randomUUID(),
      etag: 'e',
      sizeBytes: 5,
      at: new Date(),
    });
    expect(late.isNew).toBe(true);
  });

  test('what turns out to be another size than promised is refused, and the key begins a new upload', async () => {
    const [key, body] = [randomUUID(), house.newFile()];
    const first = (await house.begin(body, key)).as(begun);
    await house.api.superuser.query('UPDATE upload SET size_bytes = 6 WHERE id = $1', [first.uploadId]);
    await sendPut(first.put, '12345');
    const second = await house.begin(body, key);
    expect(second.status).toBe(201);
    const file = (await house.script.send('GET', `/v1/uploads/${first.uploadId}`)).as(upload);
    expect(file).toMatchObject({ state: 'refused', cause: { code: 'size-mismatch' } });
  });

  test("is the organization's: another token finds the upload, another house.organization does not", async () => {
    const [key, body] = [randomUUID(), house.newFile()];
    const { uploadId } = (await house.begin(body, key)).as(begun);
    const rotated = house.scriptWith((await house.makeToken({ name: 'next year' })).token);
    expect((await house.begin(body, key, rotated)).as(begun).uploadId).toBe(uploadId);
    const other = await house.stranger();
    const answer = await house.begin({ ...body, dataset: other.organization.dataset.slug }, key, other.script);
    expect(answer.status).toBe(201);
    expect(answer.as(begun).uploadId).not.toBe(uploadId);
  });

  test.each(['', ' ', 'ä', 'x'.repeat(256), '""'])('of the form %j is refused, pointing at the header', async (key) => {
    const answer = await raw('POST', '/v1/uploads', { 'idempotency-key': key }, JSON.stringify(house.newFile()));
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', errors: [{ header: 'idempotency-key' }] },
    });
  });
});

describe('problems', () => {
  test('are told in the language asked for, with both beside it, a type that can be opened and a number', async () => {
    const missing = `/v1/uploads/${randomUUID()}`;
    const [ja, en] = [await ask(missing, 'ja'), await ask(missing, 'en-GB,en;q=0.9')];
    expect(ja.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(ja.as(problem)).toMatchObject({
      type: `${portalUrl}/developers#upload-not-found`,
      title: 'この番号の送信は見つかりませんでした。',
      referenceId: ja.headers.get('x-reference-id'),
      instance: ja.path,
    });
    expect(en.as(problem).title).toBe('There is no upload of this id.');
    const texts = z.looseObject({ texts: z.looseObject({ ja: z.looseObject({}), en: z.looseObject({}) }) });
    expect(en.as(texts).texts).toEqual(ja.as(texts).texts);
    expect(en.as(texts).texts.ja).toMatchObject({ whatHappened: ja.as(problem).title });
  });

  test.each([
    ['an unknown address', 'GET', '/v1/nothing', {}, undefined, 404, 'endpoint-not-found'],
    ['the root', 'GET', '/v1', {}, undefined, 404, 'endpoint-not-found'],
    ['an address that can not be read', 'GET', '/v1/%zz', {}, undefined, 404, 'endpoint-not-found'],
    ['an endless id', 'GET', `/v1/uploads/${'x'.repeat(6_000)}`, {}, undefined, 404, 'endpoint-not-found'],
    ['an id that is none', 'GET', '/v1/uploads/1', {}, undefined, 404, 'upload-not-found'],
    ['an unknown upload', 'DELETE', `/v1/uploads/${randomUUID()}`, {}, undefined, 404, 'upload-not-found'],
    ['another method', 'PUT', '/v1/uploads', {}, undefined, 405, 'method-not-allowed'],
    ['another method on an id', 'PATCH', `/v1/uploads/${randomUUID()}`, {}, undefined, 405, 'method-not-allowed'],
    [
      'a preflight',
      'OPTIONS',
      '/v1/uploads',
      { origin: 'https://elsewhere.example' },
      undefined,
      405,
      'method-not-allowed',
    ],
    ['bad JSON', 'POST', '/v1/uploads', {}, '{', 400, 'invalid-json'],
    ['JSON that poisons', 'POST', '/v1/uploads', {}, '{"__proto__":{"a":1}}', 400, 'invalid-json'],
    ['no body', 'POST', '/v1/uploads', {}, '', 400, 'invalid-request'],
    [
      'too much of it',
      'POST',
      '/v1/uploads',
      {},
      JSON.stringify({ fileName: 'x'.repeat(300_000) }),
      413,
      'request-too-large',
    ],
  ] as const)('%s: as problem details', async (_name, method, path, headers, body, status, code) => {
    const answer = await raw(method, path, { ...headers }, body);
    expect(answer).toMatchObject({ status, type: 'application/problem+json; charset=utf-8', body: { status, code } });
    expect(errorCode.options).toContain(answer.body.code);
  });

  test('too much to complete with', async () => {
    const body = JSON.stringify({ sizeBytes: 'x'.repeat(300_000) });
    const answer = await raw('POST', `/v1/uploads/${randomUUID()}/complete`, {}, body);
    expect(answer).toMatchObject({ status: 413, body: { code: 'request-too-large' } });
  });

  test('another method is told which ones there are', async () => {
    const answer = await house.script.send('PUT', `/v1/uploads/${randomUUID()}`, { body: {} });
    expect(answer.headers.get('allow')).toBe('GET, HEAD, DELETE');
  });

  test('what is not valid is pointed at, each by itself, in the language asked for', async () => {
    const body = { dataset: 'No Such', fileName: 'a\nb', sizeBytes: 1.5, sizeBites: 3 };
    const headers = { 'accept-language': 'en' };
    const answer = await house.script.send('POST', '/v1/uploads', { body, headers });
    const errors = z.object({ errors: z.array(z.object({ pointer: z.string(), detail: z.string() })) });
    expect(answer.as(errors).errors.map(({ pointer }) => pointer)).toEqual([
      '#/dataset',
      '#/fileName',
      '#/sizeBytes',
      '#',
    ]);
    expect(answer.as(errors).errors[3]?.detail).toContain('sizeBites');
    const wait = await house.script.send('GET', `/v1/uploads/${randomUUID()}?wait=31`);
    expect(wait.as(problem)).toMatchObject({ code: 'invalid-request', errors: [{ parameter: 'wait' }] });
    const negative = await house.script.send('POST', `/v1/uploads/${randomUUID()}/complete`, {
      body: { sizeBytes: -1 },
    });
    expect(negative.as(problem)).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '#/sizeBytes' }] });
    const limit = await house.script.send('GET', `/v1/uploads/${randomUUID()}/rejects?limit=0`);
    expect(limit.as(problem)).toMatchObject({ code: 'invalid-request', errors: [{ parameter: 'limit' }] });
  });

  test.each([
    [{ dataset: 'no-such-dataset' }, 404, 'dataset-not-found'],
    [{ sizeBytes: 0 }, 400, 'empty-file'],
    [{ sizeBytes: 6 * 1024 ** 3 }, 413, 'file-too-large'],
    [{ fileName: 'a.pdf' }, 415, 'unsupported-file-type'],
  ])('a file that %j: refused before a byte is sent', async (change, status, code) => {
    const answer = await house.begin({ ...house.newFile(), ...change });
    expect(answer.as(problem)).toMatchObject({ status, code });
  });

  test('an open file into a dataset that takes encrypted ones alone: refused before a byte is sent', async () => {
    const dataset = await house.anotherDataset();
    await house.api.superuser.query(
      `UPDATE dataset SET definition = definition || '{"encryption": "required"}' WHERE slug = $1`,
      [dataset],
    );
    const open = await house.begin({ ...house.newFile(), dataset });
    expect(open.as(problem)).toMatchObject({ status: 422, code: 'encryption-required' });
    const sealed = { ...house.newFile(), dataset, fileName: 'a.csv.age' };
    expect((await house.begin(sealed)).status).toBe(201);
    expect((await house.begin({ ...sealed, fileName: 'a.csv.gz.pgp' })).status).toBe(201);
  });

  test('a body that curl calls a form is read as the JSON it is', async () => {
    const answer = await raw(
      'POST',
      '/v1/uploads',
      { 'content-type': 'application/x-www-form-urlencoded' },
      JSON.stringify(house.newFile()),
    );
    expect(answer.status).toBe(201);
  });

  test('nobody on the way keeps an answer', async () => {
    expect((await house.script.send('GET', '/v1/datasets')).headers.get('cache-control')).toBe('no-store');
  });
});

describe('who may come in', () => {
  test.each(v1Routes.map(({ method, path }) => [method, path.replace('{uploadId}', randomUUID())]))(
    '%s %s: without a token, with a made-up one, with a session nobody; told how to come in',
    async (method, path) => {
      const visitor = v1Client({ url: house.api.url, seen: house.contract.check });
      const body = method === 'POST' ? house.newFile() : undefined;
      const cookie = [...house.client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const attempts: [Record<string, string>, string][] = [
        [{}, 'Bearer realm="Hikyaku"'],
        [{ cookie, origin: portalUrl }, 'Bearer realm="Hikyaku"'],
        [
          { authorization: `Bearer hky_${randomBytes(32).toString('base64url')}` },
          'Bearer realm="Hikyaku", error="invalid_token"',
        ],
        [{ authorization: `Basic ${btoa(`x:${house.token.token}`)}` }, 'Bearer realm="Hikyaku", error="invalid_token"'],
      ];
      for (const [headers, challenge] of attempts) {
        const answer = await visitor.send(method, path, { headers, body });
        expect([answer.status, codeOf(answer)]).toEqual([401, 'invalid-token']);
        expect(answer.headers.get('www-authenticate')).toBe(challenge);
      }
    },
  );

  test('a token without the scope is refused what it lacks, and says what that is', async () => {
    const reader = house.scriptWith((await house.makeToken({ scopes: ['uploads:read'] })).token);
    const writer = house.scriptWith((await house.makeToken({ scopes: ['uploads:write'] })).token);
    const { uploadId } = (await house.begin()).as(begun);
    for (const { method, path, scope } of v1Routes) {
      if (!scope) continue;
      const one = scope === 'uploads:write' ? reader : writer;
      const body = method === 'POST' && path === '/v1/uploads' ? house.newFile() : undefined;
      const answer = await one.send(method, path.replace('{uploadId}', uploadId), { body });
      expect(answer.as(problem)).toMatchObject({ status: 403, code: 'missing-scope', details: { scope } });
    }
    expect((await house.script.send('GET', `/v1/uploads/${uploadId}`)).as(upload).state).toBe('sending');
  });

  test("another organization's upload is nobody's: every answer is as for an id that exists nowhere", async () => {
    const { uploadId } = await arrived('taken_in', { rows_rejected: 1 });
    const other = await house.stranger();
    for (const { method, path } of v1Routes.filter((route) => route.path.includes('{uploadId}'))) {
      const [theirs, none] = [
        await other.script.send(method, path.replace('{uploadId}', uploadId), { body: bodyFor(path, method) }),
        await other.script.send(method, path.replace('{uploadId}', '0196f000-0000-7000-8000-000000000000'), {
          body: bodyFor(path, method),
        }),
      ];
      expect([theirs.status, codeOf(theirs)]).toEqual([404, 'upload-not-found']);
      expect(bare(theirs)).toEqual(bare(none));
    }
    const dataset = await house.begin(
      { ...house.newFile(), dataset: house.organization.dataset.slug },
      undefined,
      other.script,
    );
    expect([dataset.status, codeOf(dataset)]).toEqual([404, 'dataset-not-found']);
    expect((await other.script.send('GET', '/v1/datasets')).body).not.toContain(house.organization.dataset.slug);
  });

  test('a token for some datasets neither sends to others nor sees what was sent to them', async () => {
    const slug = await house.anotherDataset();
    const one = house.scriptWith((await house.makeToken({ datasetSlugs: [slug] })).token);
    expect((await house.begin({ ...house.newFile(), dataset: slug }, undefined, one)).status).toBe(201);
    const refused = await house.begin(house.newFile(), undefined, one);
    expect([refused.status, codeOf(refused)]).toEqual([404, 'dataset-not-found']);
    const { uploadId } = (await house.begin()).as(begun);
    for (const { method, path } of v1Routes.filter((route) => route.path.includes('{uploadId}'))) {
      const options = { body: bodyFor(path, method) };
      expect((await one.send(method, path.replace('{uploadId}', uploadId), options)).status).toBe(404);
    }
    expect(
      (await one.send('GET', '/v1/datasets')).as(z.object({ items: z.array(z.object({ slug: z.string() })) })).items,
    ).toEqual([{ slug }]);
  });

  test('a page of another origin may ask: it has no token, and with one it could ask anywhere', async () => {
    const headers = { origin: 'https://elsewhere.example' };
    const answer = await house.script.send('POST', '/v1/uploads', { body: house.newFile(), headers });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('too many requests of one token are held back, and told for how long; other tokens are not', async () => {
    const { url } = await house.api.startAnother({ TOKEN_REQUESTS_PER_MINUTE: 3 });
    const [first, second] = [await house.makeToken(), await house.makeToken()].map((each) =>
      v1Client({ url, token: each.token, seen: house.contract.check }),
    );
    const statuses = [];
    for (let time = 0; time < 4; time += 1) statuses.push((await first?.send('GET', '/v1/datasets'))?.status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const answer = await first?.send('GET', '/v1/datasets');
    expect(answer?.as(problem)).toMatchObject({ code: 'rate-limited', retriable: true });
    expect(Number(answer?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await second?.send('GET', '/v1/datasets'))?.status).toBe(200);
  });

  test('an address that keeps bringing wrong tokens is told to wait; a right one from there still opens', async () => {
    const { url } = await house.api.startAnother({ WRONG_TOKENS_PER_MINUTE: 3 });
    const guess = () =>
      v1Client({ url, address: '192.0.2.1', token: `hky_${randomBytes(32).toString('base64url')}` }).send(
        'GET',
        '/v1/datasets',
      );
    const statuses = [];
    for (let time = 0; time < 4; time += 1) statuses.push((await guess()).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
    const right = await v1Client({ url, address: '192.0.2.1', token: house.token.token }).send('GET', '/v1/datasets');
    expect(right.status).toBe(200);
    const elsewhere = await v1Client({ url, address: '192.0.2.2', token: `${house.token.token}x` }).send(
      'GET',
      '/v1/datasets',
    );
    expect(elsewhere.status).toBe(401);
  });
});

describe('the OpenAPI document', () => {
  test.each(['ja', 'en'])('is valid OpenAPI 3.1, open to everybody, in %s', async (language) => {
    const answer = await v1Client({ url: house.api.url }).send('GET', '/openapi.json', {
      headers: { 'accept-language': language },
    });
    const validator = new Validator();
    expect(await validator.validate(JSON.parse(answer.body))).toMatchObject({ valid: true });
    expect(validator.version).toBe('3.1');
    expect(answer.headers.get('content-language')).toBe(language);
    expect(/\p{sc=Hiragana}/u.test(answer.body)).toBe(language === 'ja');
  });

  test('names every route there is under /v1 and no other', async () => {
    const { body } = await v1Client({ url: house.api.url }).send('GET', '/openapi.json');
    const { paths } = z
      .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse(JSON.parse(body));
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.toSorted()).toEqual(v1Routes.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  // Last: every answer of the tests above was held against the document.
  test('promises no answer that was not seen above', () => {
    expect(house.contract.unseen(isAskedHere)).toEqual([]);
  });
});

function ask(path: string, language: string): Promise<V1Answered> {
  return house.script.send('GET', path, { headers: { 'accept-language': language } });
}

async function waitingForLocks(): Promise<number> {
  const { rows } = await house.api.superuser.query(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
  );
  return rows[0].n;
}

/** An upload whose object was recorded and came as far as a state. */
async function arrived(
  state: string,
  columns: Record<string, unknown> = {},
): Promise<{ uploadId: string; arrivalId: string }> {
  const { uploadId } = (await house.begin()).as(begun);
  const { id } = await recordArrival(pool, {
    ...(await house.objectOf(uploadId)),
    versionId: randomUUID(),
    etag: 'e',
    sizeBytes: 5,
    at: new Date(),
  });
  await setArrival(id, 'running', {});
  if (state !== 'running') await setArrival(id, state, columns);
  return { uploadId, arrivalId: id };
}

async function setArrival(id: string, state: string, columns: Record<string, unknown>): Promise<void> {
  const names = Object.keys(columns);
  const more = names.map((name, index) => `, ${name} = $${index + 3}`).join('');
  await house.api.superuser.query(`UPDATE arrival SET state = $2${more} WHERE id = $1`, [
    id,
    state,
    ...Object.values(columns),
  ]);
  await announceTimeline(pool);
}

/** What a second sending could have left behind. */
async function everything(object: { bucket: string; key: string }): Promise<unknown> {
  const { Versions = [] } = await house.store.send(
    new ListObjectVersionsCommand({ Bucket: object.bucket, Prefix: object.key }),
  );
  const { rows } = await house.api.superuser.query(
    `SELECT (SELECT count(*)::int FROM upload) AS uploads, (SELECT count(*)::int FROM arrival) AS arrivals,
            (SELECT count(*)::int FROM timeline_entry) AS entries, (SELECT count(*)::int FROM audit_event) AS audit`,
  );
  const head = await findObject(house.store, object);
  return { versions: Versions.map(({ VersionId }) => VersionId), head, ...rows[0] };
}

/** Bytes as they are: `fetch` mends addresses and headers. */
function raw(method: string, path: string, headers: Record<string, string>, body?: string) {
  const { hostname, port } = new URL(house.api.url);
  return new Promise<{ status: number; type: string | undefined; body: { code: string } }>((resolve, reject) => {
    const outgoing = httpRequest(
      { hostname, port, method, path, headers: { authorization: `Bearer ${house.token.token}`, ...headers } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          const status = response.statusCode ?? 0;
          const type = response.headers['content-type'];
          house.contract.check({
            method,
            path,
            status,
            headers: new Headers({
              'content-type': type ?? '',
              ...(response.headers.location ? { location: response.headers.location } : {}),
            }),
            body: text,
            as: (shape) => shape.parse(JSON.parse(text)),
          });
          resolve({ status, type, body: z.looseObject({ code: z.string().default('') }).parse(JSON.parse(text)) });
        });
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

function bodyFor(path: string, method: string): object | undefined {
  return method === 'POST' && path.endsWith('/parts') ? { parts: [partOf(1, Buffer.from('12345'))] } : undefined;
}

/** What only parts and lists answer, `v1-parts` asks for. */
function isAskedHere(operation: string, status: number): boolean {
  return !partsOperations.has(operation) || isAboutTokens(status);
}

/** Less what differs from request to request. */
function bare(answer: V1Answered) {
  return { ...answer.as(problem), referenceId: '', instance: '' };
}
