import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildHouse, type House, itemsFile } from './house.ts';
import { until } from './until.ts';

let house: House;

beforeAll(async () => {
  house = await buildHouse();
  await house.startWorker();
});

afterAll(() => house.tearDown());

test('a file that a foreign S3 client puts under incoming/ is taken in within five seconds', async () => {
  const begin = Date.now();
  const { key } = await house.put('hundred.csv', itemsFile(100));
  const arrival = await house.arrival(key);
  expect(arrival).toMatchObject({ state: 'taken_in', rows_read: '100', rows_inserted: '100', rows_rejected: '0' });
  expect(Date.now() - begin).toBeLessThan(5_000);
  expect(await house.rows()).toHaveLength(100);
  await house.expectNothingLeft();
});

test('the same file again changes no row', async () => {
  const before = await house.query(`SELECT xmin, * FROM "${house.target.schema}".items ORDER BY id`);
  const { key } = await house.put('hundred-again.csv', itemsFile(100));
  expect(await house.arrival(key)).toMatchObject({
    state: 'taken_in',
    rows_inserted: '0',
    rows_updated: '0',
    rows_unchanged: '100',
  });
  expect(await house.query(`SELECT xmin, * FROM "${house.target.schema}".items ORDER BY id`)).toEqual(before);
});

test('lines that cannot be taken in are shown with line, column, value and reason; the rest is taken in', async () => {
  const { key } = await house.put(
    'faulty.csv',
    'id,name,amount\n501,good,1\n502,bad,１，２００円\nx,bad,3\n504,,4\n505,good,5\n',
  );
  const arrival = await house.arrival(key);
  expect(arrival).toMatchObject({ state: 'taken_in', rows_read: '5', rows_inserted: '2', rows_rejected: '3' });
  const rejects = await house.query(
    'SELECT line_number, column_name, code, value FROM reject WHERE arrival_id = $1 ORDER BY id',
    [arrival.id],
  );
  expect(rejects).toEqual([
    { line_number: '3', column_name: 'amount', code: 'not-number', value: '１，２００円' },
    { line_number: '4', column_name: 'id', code: 'not-integer', value: 'x' },
    { line_number: '5', column_name: 'name', code: 'required', value: null },
  ]);
  await house.expectNothingLeft();
});

test.each([
  { what: 'nothing in it', code: 'empty-file', body: Buffer.alloc(0) },
  { what: 'a picture', code: 'other-format', body: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') },
  { what: 'Shift_JIS', code: 'not-utf8', body: Buffer.from('69642c8fa4956942960a312c612c310a', 'hex') },
  { what: 'other columns', code: 'missing-columns', body: 'a,b,c\n1,2,3\n' },
  { what: 'an open quote in its header', code: 'unclosed-quote', body: 'id,"name\n1,open\n2,b\n' },
  { what: 'too many bad lines', code: 'too-many-rejects', body: `id,name\n${'x,y\n'.repeat(11)}` },
])('a file with $what is refused as $code, says why, and changes nothing', async ({ what, body, code }) => {
  const before = await house.rows();
  const { key } = await house.put(`${what.replaceAll(' ', '-')}.csv`, body);
  expect(await house.arrival(key)).toMatchObject({ state: 'refused', cause_code: code });
  expect(await house.rows()).toEqual(before);
  await house.expectNothingLeft();
});

test('an object that fits no dataset is recorded as unrouted, for no organization', async () => {
  const stray = await house.put('x', 'x', 'incoming/nobody/nothing.csv');
  expect(await house.arrival(stray.key)).toMatchObject({
    state: 'unrouted',
    cause_code: 'no-organization',
    organization_id: null,
  });
  const other = await house.put('x', 'x', `incoming/${house.organizationId}/unknown/x.csv`);
  expect(await house.arrival(other.key)).toMatchObject({
    state: 'unrouted',
    cause_code: 'no-dataset',
    organization_id: null,
  });
});

test('an event delivered ten times is one arrival, and its file is read once', async () => {
  const { key, versionId } = await house.put('once.csv', itemsFile(5));
  const arrival = await house.arrival(key);
  const sqs = new SQSClient({
    region: house.account.region,
    endpoint: new URL(house.account.queueUrl).origin,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  const [{ etag } = { etag: '' }] = await house.query<{ etag: string }>('SELECT etag FROM arrival WHERE id = $1', [
    arrival.id,
  ]);
  for (let time = 0; time < 10; time += 1) {
    const detail = {
      bucket: { name: house.account.bucket },
      object: { key, size: itemsFile(5).length, etag, 'version-id': versionId },
    };
    const body = { source: 'aws.s3', 'detail-type': 'Object Created', detail };
    await sqs.send(new SendMessageCommand({ QueueUrl: house.account.queueUrl, MessageBody: JSON.stringify(body) }));
  }
  // Sent after the copies and taken in: the copies have been read by then.
  const last = await house.put('after-once.csv', itemsFile(5));
  await house.arrival(last.key);
  sqs.destroy();
  expect(await house.query('SELECT id FROM arrival WHERE key = $1', [key])).toHaveLength(1);
  expect(await house.runs(arrival.id)).toHaveLength(1);
});

test('messages that cannot be read harm nobody and stay for the dead-letter queue', async () => {
  const sqs = new SQSClient({
    region: house.account.region,
    endpoint: new URL(house.account.queueUrl).origin,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  for (const MessageBody of [
    '{',
    '{"Event":"s3:TestEvent"}',
    '{"__proto__":{"source":"aws.s3"}}',
    'x'.repeat(200_000),
  ]) {
    await sqs.send(new SendMessageCommand({ QueueUrl: house.account.queueUrl, MessageBody }));
  }
  sqs.destroy();
  const { key } = await house.put('between.csv', itemsFile(3));
  expect(await house.arrival(key)).toMatchObject({ state: 'taken_in' });
});

test('a version that was deleted for good before it could be read is refused with that cause, not forgotten', async () => {
  // No claim can be made meanwhile.
  const lock = await house.lock('ingest_run');
  const { key, versionId } = await house.put('gone.csv', itemsFile(3));
  await house.arrival(key, 'queued');
  await house.s3.send(new DeleteObjectCommand({ Bucket: house.account.bucket, Key: key, VersionId: versionId }));
  await lock.end();
  expect(await house.arrival(key)).toMatchObject({ state: 'refused', cause_code: 'object-deleted' });
});

test('what is read is the version that was announced, though the key was written again meanwhile', async () => {
  const lock = await house.lock('ingest_run');
  const first = await house.put('twice.csv', 'id,name\n901,first\n');
  await house.arrival(first.key, 'queued');
  await house.put('twice.csv', 'id,name\n902,second\n');
  await until(
    async () => (await house.query('SELECT 1 FROM arrival WHERE key = $1', [first.key])).length === 2 || undefined,
    'both versions',
  );
  await lock.end();
  await until(
    async () =>
      (await house.query(`SELECT 1 FROM arrival WHERE key = $1 AND state = 'taken_in'`, [first.key])).length === 2 ||
      undefined,
    'both versions taken in',
  );
  const names = (await house.rows()).filter((row) => ['901', '902'].includes(row.id)).map((row) => row.name);
  expect(names).toEqual(['first', 'second']);
});
