import { randomBytes, randomUUID } from 'node:crypto';
import { findObject } from '@hikyaku/s3-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { codeOf } from './v1-client.ts';
import { isAboutTokens, openV1House, partOf, partsOperations, sendPut, type V1House } from './v1-house.ts';
import { begun, problem, put, upload } from './v1-shapes.ts';

const signedParts = z.object({ items: z.array(z.object({ partNumber: z.int(), put })) });
const sentParts = z.object({ partSizeBytes: z.int(), items: z.array(z.looseObject({ partNumber: z.int() })) });
const uploads = z.object({ items: z.array(upload), nextCursor: z.string().nullable() });

let house: V1House;

beforeAll(async () => {
  house = await openV1House();
});
afterAll(() => house.close());

const largeBytes = randomBytes(16 * 1024 ** 2 + 1_000);
const large = { method: 'multipart', sizeBytes: largeBytes.length };
const largeParts = [
  { partNumber: 1, bytes: largeBytes.subarray(0, 16 * 1024 ** 2) },
  { partNumber: 2, bytes: largeBytes.subarray(16 * 1024 ** 2) },
];
const streamPartBytes = 8 * 1024 ** 2;
const streamParts = [
  { partNumber: 1, bytes: largeBytes.subarray(0, streamPartBytes), sizeBytes: streamPartBytes },
  { partNumber: 2, bytes: largeBytes.subarray(0, 7), sizeBytes: 7 },
];

describe('a file in parts', () => {
  test('goes as its plan says, and is safe once it is completed', async () => {
    const answer = await house.begin({ ...house.newFile(), ...large });
    const { uploadId, put: signed, parts } = answer.as(begun);
    expect([answer.status, signed, parts]).toEqual([201, null, { partSizeBytes: 16 * 1024 ** 2 }]);
    await sendParts(uploadId, largeParts);
    const completed = await house.script.send('POST', `/v1/uploads/${uploadId}/complete`);
    expect(completed.as(upload)).toMatchObject({ state: 'received', sizeBytes: largeBytes.length });
    expect(await findObject(house.store, await house.objectOf(uploadId))).toMatchObject({
      sizeBytes: largeBytes.length,
    });
  });

  test('may say what the whole of it is when it is completed: that is kept before there is anything to take in', async () => {
    const { uploadId } = (await house.begin({ ...house.newFile(), ...large })).as(begun);
    const complete = (sha256: string) =>
      house.script.send('POST', `/v1/uploads/${uploadId}/complete`, { body: { sha256 } });
    const kept = async () =>
      (await house.api.superuser.query('SELECT sha256, state FROM upload WHERE id = $1', [uploadId])).rows[0];
    const [wrong, right] = [partOf(1, Buffer.from('another')).sha256, partOf(1, largeBytes).sha256];
    const early = await complete(wrong);
    expect([early.status, codeOf(early)]).toEqual([409, 'object-missing']);
    expect(await kept()).toEqual({ sha256: wrong, state: 'created' });
    await sendParts(uploadId, largeParts);
    expect((await complete(right)).as(upload).state).toBe('received');
    expect(await kept()).toEqual({ sha256: right, state: 'stored' });
    // What is stored stays as it was said to be.
    expect((await complete(wrong)).status).toBe(200);
    expect(await kept()).toEqual({ sha256: right, state: 'stored' });
  });

  test('begun again with the same key goes on: what is there is told, and only as it was signed last', async () => {
    const [key, body] = [randomUUID(), { ...house.newFile(), ...large }];
    const { uploadId } = (await house.begin(body, key)).as(begun);
    await sendParts(uploadId, largeParts.slice(1));
    const again = await house.begin(body, key);
    expect([again.status, again.as(begun)]).toMatchObject([
      200,
      { uploadId, put: null, parts: { partSizeBytes: 16 * 1024 ** 2 } },
    ]);
    const sent = async () => (await house.script.send('GET', `/v1/uploads/${uploadId}/parts`)).as(sentParts).items;
    const second = largeParts[1]?.bytes ?? Buffer.alloc(0);
    expect(await sent()).toEqual([{ ...partOf(2, second), sizeBytes: 1_000 }]);
    // Signed for other bytes since, and not sent: what storage has is another's.
    const other = { parts: [partOf(2, largeBytes.subarray(0, 1_000))] };
    await house.script.send('POST', `/v1/uploads/${uploadId}/parts`, { body: other });
    expect(await sent()).toEqual([]);
    await sendParts(uploadId, largeParts);
    await house.script.send('POST', `/v1/uploads/${uploadId}/complete`);
    expect((await house.begin(body, key)).as(begun)).toMatchObject({
      uploadId,
      put: null,
      parts: null,
      state: 'received',
    });
    const late = await house.script.send('GET', `/v1/uploads/${uploadId}/parts`);
    expect([late.status, codeOf(late)]).toEqual([409, 'upload-not-open']);
  });

  test('that is not there has none', async () => {
    const path = `/v1/uploads/${randomUUID()}/parts`;
    const parts = [partOf(1, Buffer.from('1'))];
    const answers = [await house.script.send('POST', path, { body: { parts } }), await house.script.send('GET', path)];
    expect(answers.map((answer) => [answer.status, codeOf(answer)])).toEqual([
      [404, 'upload-not-found'],
      [404, 'upload-not-found'],
    ]);
  });

  test('by one PUT has no parts to sign or to list', async () => {
    const { uploadId } = (await house.begin()).as(begun);
    const signing = await house.script.send('POST', `/v1/uploads/${uploadId}/parts`, {
      body: { parts: [partOf(1, Buffer.from('1'))] },
    });
    const listing = await house.script.send('GET', `/v1/uploads/${uploadId}/parts`);
    expect([signing, listing].map((answer) => [answer.status, codeOf(answer)])).toEqual([
      [400, 'invalid-input'],
      [400, 'invalid-input'],
    ]);
  });
});

describe('one PUT under an idempotency key', () => {
  const [first, second] = [Buffer.from('12345'), Buffer.from('54321')];

  test('that was never sent begins anew where the same content is other bytes now, as encrypted once more', async () => {
    const [key, body] = [randomUUID(), { ...house.newFile(), contentSha256: 'c'.repeat(64) }];
    const earlier = (await house.begin({ ...body, digest: digestOf(first) }, key)).as(begun);
    const answer = await house.begin({ ...body, digest: digestOf(second) }, key);
    const later = answer.as(begun);
    expect([answer.status, later.uploadId === earlier.uploadId]).toEqual([201, false]);
    expect((await sendPut(later.put, second.toString())).status).toBe(200);
    expect((await house.script.send('GET', `/v1/uploads/${earlier.uploadId}`)).as(upload).state).toBe('cancelled');
  });

  test('is what it was said to be when it began: completed as something else it is refused', async () => {
    const { uploadId, put: signed } = (await house.begin({ ...house.newFile(), digest: digestOf(first) })).as(begun);
    await sendPut(signed, first);
    const complete = (sha256: string) =>
      house.script.send('POST', `/v1/uploads/${uploadId}/complete`, { body: { sha256 } });
    const other = await complete(digestOf(second).sha256);
    expect([other.status, codeOf(other)]).toEqual([400, 'invalid-input']);
    expect((await complete(digestOf(first).sha256)).as(upload).state).toBe('received');
  });

  test('with other bytes of the same size is another request', async () => {
    const [key, body] = [randomUUID(), house.newFile()];
    await house.begin({ ...body, digest: digestOf(first) }, key);
    const answer = await house.begin({ ...body, digest: digestOf(second) }, key);
    expect([answer.status, codeOf(answer)]).toEqual([422, 'idempotency-key-reused']);
  });
});

describe('a stream', () => {
  test('has no length until it is completed, and then the one of its parts', async () => {
    const { uploadId, parts, ...rest } = (await house.begin(newStream())).as(begun);
    expect([parts, rest]).toMatchObject([{ partSizeBytes: streamPartBytes }, { sizeBytes: null, put: null }]);
    await sendParts(uploadId, streamParts);
    const early = await house.script.send('POST', `/v1/uploads/${uploadId}/complete`);
    expect([early.status, codeOf(early)]).toEqual([400, 'invalid-input']);
    const body = { sizeBytes: streamPartBytes + 7 };
    const completed = await house.script.send('POST', `/v1/uploads/${uploadId}/complete`, { body });
    expect(completed.as(upload)).toMatchObject({ state: 'received', sizeBytes: body.sizeBytes });
    expect((await house.script.send('POST', `/v1/uploads/${uploadId}/complete`, { body })).status).toBe(200);
    expect(await findObject(house.store, await house.objectOf(uploadId))).toMatchObject(body);
  });

  test.each([
    ['a byte more than it sent', streamPartBytes + 8, 'size-mismatch'],
    ['a byte less than it sent', streamPartBytes + 6, 'size-mismatch'],
    ['a part less than it sent', streamPartBytes, 'size-mismatch'],
    ['a part more than it sent', 3 * streamPartBytes, 'size-mismatch'],
    ['nothing', 0, 'empty-file'],
  ])('that says it had %s is not made an object, and may say better', async (_name, sizeBytes, code) => {
    const { uploadId } = (await house.begin(newStream())).as(begun);
    await sendParts(uploadId, streamParts);
    const complete = (body: object) => house.script.send('POST', `/v1/uploads/${uploadId}/complete`, { body });
    expect(codeOf(await complete({ sizeBytes }))).toBe(code);
    expect(await findObject(house.store, await house.objectOf(uploadId))).toBeUndefined();
    expect((await complete({ sizeBytes: streamPartBytes + 7 })).status).toBe(200);
  });

  test('whose part was signed and not sent is not whole', async () => {
    const { uploadId } = (await house.begin(newStream())).as(begun);
    await sendParts(uploadId, streamParts.slice(0, 1));
    const parts = [{ ...partOf(2, Buffer.from('1234567')), sizeBytes: 7 }];
    await house.script.send('POST', `/v1/uploads/${uploadId}/parts`, { body: { parts } });
    const body = { sizeBytes: streamPartBytes + 7 };
    const answer = await house.script.send('POST', `/v1/uploads/${uploadId}/complete`, { body });
    expect(answer.as(problem)).toMatchObject({ code: 'object-missing', details: { missing: 1 } });
  });

  test('whose end is told twice keeps the first', async () => {
    const { uploadId } = (await house.begin(newStream())).as(begun);
    await sendParts(uploadId, streamParts);
    const complete = (sizeBytes: number) =>
      house.script.send('POST', `/v1/uploads/${uploadId}/complete`, { body: { sizeBytes } });
    expect((await complete(streamPartBytes + 7)).status).toBe(200);
    const other = await complete(streamPartBytes);
    expect([other.status, codeOf(other)]).toEqual([409, 'size-mismatch']);
  });

  test.each([
    ['no length', {}, 400, 'invalid-input'],
    ['a length beyond its part', { sizeBytes: streamPartBytes + 1 }, 400, 'invalid-input'],
    ['more than the dataset takes', { partNumber: 641, sizeBytes: 1 }, 413, 'file-too-large'],
  ])('part with %s is not signed', async (_name, change, status, code) => {
    const { uploadId } = (await house.begin(newStream())).as(begun);
    const parts = [{ ...partOf(1, Buffer.from('1')), ...change }];
    const answer = await house.script.send('POST', `/v1/uploads/${uploadId}/parts`, { body: { parts } });
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
  });

  test('by one PUT, or none at all, is told that its length is missing', async () => {
    for (const method of [undefined, 'single']) {
      const answer = await house.begin({ ...newStream(), method });
      expect(answer.as(problem)).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '#/sizeBytes' }] });
    }
  });

  test('begun again with its key gives up what it has sent, for nothing of it can be gone on with', async () => {
    const [key, body] = [randomUUID(), { ...newStream(), contentSha256: 'a'.repeat(64) }];
    const first = (await house.begin(body, key)).as(begun);
    await sendParts(first.uploadId, streamParts);
    const again = await house.begin(body, key);
    const second = again.as(begun);
    expect([again.status, second.uploadId === first.uploadId]).toEqual([201, false]);
    expect((await house.script.send('GET', `/v1/uploads/${first.uploadId}`)).as(upload).state).toBe('cancelled');
    await sendParts(second.uploadId, streamParts);
    const told = { body: { sizeBytes: streamPartBytes + 7 } };
    await house.script.send('POST', `/v1/uploads/${second.uploadId}/complete`, told);
    // However the same content is wrapped this time.
    const wrapped = { ...house.newFile(), contentSha256: 'a'.repeat(64) };
    expect((await house.begin(wrapped, key)).as(begun)).toMatchObject({
      uploadId: second.uploadId,
      put: null,
      parts: null,
    });
    const other = await house.begin({ ...body, contentSha256: 'b'.repeat(64) }, key);
    expect([other.status, codeOf(other)]).toEqual([422, 'idempotency-key-reused']);
    const late = await house.script.send('POST', `/v1/uploads/${first.uploadId}/parts`, {
      body: { parts: [{ ...partOf(1, Buffer.from('1')), sizeBytes: 1 }] },
    });
    expect([late.status, codeOf(late)]).toEqual([409, 'upload-not-open']);
  });
});

describe('lists', () => {
  test('of uploads: newest first, a page at a time, of the datasets that the token may see', async () => {
    const slug = await house.anotherDataset();
    const [first, second, third] = [
      (await house.begin({ ...house.newFile(), dataset: slug })).as(begun).uploadId,
      (await house.begin({ ...house.newFile(), dataset: slug })).as(begun).uploadId,
      (await house.begin()).as(begun).uploadId,
    ];
    const page = await listUploads(`dataset=${slug}&limit=1`);
    expect(page.items.map(({ uploadId }) => uploadId)).toEqual([second]);
    const rest = await listUploads(`dataset=${slug}&cursor=${page.nextCursor}`);
    expect([rest.items.map(({ uploadId }) => uploadId), rest.nextCursor]).toEqual([[first], null]);
    expect((await listUploads('limit=1')).items[0]?.uploadId).toBe(third);
    const one = house.scriptWith((await house.makeToken({ datasetSlugs: [slug] })).token);
    expect((await listUploads('limit=200', one)).items.map(({ uploadId }) => uploadId)).toEqual([second, first]);
    const hidden = await one.send('GET', `/v1/uploads?dataset=${house.organization.dataset.slug}`);
    expect([hidden.status, codeOf(hidden)]).toEqual([404, 'dataset-not-found']);
    const many = await house.script.send('GET', '/v1/uploads?limit=201');
    expect(many.as(problem)).toMatchObject({ code: 'invalid-request', errors: [{ parameter: 'limit' }] });
    const other = await house.stranger();
    expect((await listUploads('limit=200', other.script)).items).toEqual([]);
  });

  test('of recipients: the public parts of the keys in use, of this house.organization alone', async () => {
    const other = await house.stranger();
    const certificate = '-----BEGIN PGP PUBLIC KEY BLOCK-----';
    await addKey(house.organization.id, 'age', `age1${randomUUID()}`, new Date().toISOString());
    const current = `age1${randomUUID()}`;
    await addKey(house.organization.id, 'age', current, null);
    await addKey(house.organization.id, 'openpgp', randomUUID(), null, certificate);
    await addKey(other.organization.id, 'age', `age1${randomUUID()}`, null);
    const { items } = (await house.script.send('GET', '/v1/recipients')).as(
      z.object({ items: z.array(z.strictObject({ kind: z.string(), publicKey: z.string(), createdAt: z.string() })) }),
    );
    expect(Object.fromEntries(items.map(({ kind, publicKey }) => [kind, publicKey]))).toEqual({
      age: current,
      openpgp: certificate,
    });
    expect(items).toHaveLength(2);
  });
});

// Last: every answer of the tests above was held against the OpenAPI document.
test('of parts and lists no answer is promised that was not seen above', () => {
  expect(house.contract.unseen(isAskedHere)).toEqual([]);
});

function newStream() {
  const { dataset, fileName } = house.newFile();
  return { dataset, fileName, method: 'multipart' };
}

async function listUploads(query: string, by = house.script) {
  return (await by.send('GET', `/v1/uploads?${query}`)).as(uploads);
}

async function addKey(owner: string, kind: string, key: string, retiredAt: string | null, armor: string | null = null) {
  await house.api.superuser.query(
    `INSERT INTO organization_key (id, organization_id, kind, public_key, certificate, private_key_reference, retired_at)
     VALUES (gen_random_uuid(), $1, $2, $3, $4, gen_random_uuid()::text, $5)`,
    [owner, kind, key, armor, retiredAt],
  );
}

/** Signs parts and sends them. */
async function sendParts(
  uploadId: string,
  parts: { partNumber: number; bytes: Buffer<ArrayBuffer>; sizeBytes?: number }[],
): Promise<void> {
  const wanted = parts.map(({ partNumber, bytes, sizeBytes }) => ({
    ...partOf(partNumber, bytes),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
  }));
  const answer = await house.script.send('POST', `/v1/uploads/${uploadId}/parts`, { body: { parts: wanted } });
  for (const [index, part] of answer.as(signedParts).items.entries()) {
    expect((await sendPut(part.put, parts[index]?.bytes ?? '')).status).toBe(200);
  }
}

/** Of a whole that goes in one PUT. */
function digestOf(bytes: Buffer) {
  const { md5, sha256 } = partOf(1, bytes);
  return { md5, sha256 };
}

function isAskedHere(operation: string, status: number): boolean {
  return partsOperations.has(operation) && !isAboutTokens(status);
}
