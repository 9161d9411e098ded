import { ListMultipartUploadsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { openFaultProxy } from '@hikyaku/local-cloud/fault-proxy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientFor } from '../../test/client-for.ts';
import { openTestBucket, type TestBucket } from '../../test/test-bucket.ts';
import { conformanceCases, runConformance, Unsupported } from './index.ts';

let house: TestBucket;
beforeAll(async () => {
  house = await openTestBucket();
});
afterAll(() => house.close());

const unsupported = (cause: string) => ({ outcome: 'unsupported', cause: `Unsupported: ${cause}` });
const writesOver = unsupported('it was written over: it takes no notice of If-None-Match here');
const takesAnything = unsupported('it was taken: it takes no notice of checksums');
const keepsNone = unsupported('it keeps none');

/** What the embedded gateway does not know of S3, by name: one that learns it, or forgets something else, is noticed. */
const expected = {
  'If-None-Match keeps an upload in parts from writing over what is there': writesOver,
  'If-None-Match keeps one PUT from writing over what is there': writesOver,
  'of two writers that ask for If-None-Match at once one wins': unsupported(
    'all four were written: it takes no notice of If-None-Match here',
  ),
  'a body that is not its crc32c is refused': takesAnything,
  'a body that is not its crc64nvme is refused': takesAnything,
  'a body that is not its sha256 is refused': takesAnything,
  'the crc32c of an object in one piece is kept and told': keepsNone,
  'the crc32c of an object in parts is kept and told': keepsNone,
  'the crc64nvme of an object in one piece is kept and told': keepsNone,
  'the crc64nvme of an object in parts is kept and told': keepsNone,
  'the sha256 of an object in one piece is kept and told': keepsNone,
  'the sha256 of an object in parts is kept and told': keepsNone,
  'the sizes of the parts of an object are told': unsupported('it tells none'),
  'encryption with keys of its own is told where it was asked for': unsupported('it takes no notice of it'),
};

test('the embedded gateway does what S3 does, but for what is named', async () => {
  const results = await runConformance({ client: house.s3, bucket: house.bucket });
  const found = results.filter(({ outcome }) => outcome !== 'ok');
  expect(Object.fromEntries(found.map(({ name, outcome, cause }) => [name, { outcome, cause }]))).toEqual(expected);
  expect(results.map(({ name }) => name)).toEqual(conformanceCases.map(({ name }) => name));
  const left = await house.s3.send(new ListObjectVersionsCommand({ Bucket: house.bucket }));
  expect([left.Versions ?? [], left.DeleteMarkers ?? []]).toEqual([[], []]);
  const { Uploads = [] } = await house.s3.send(new ListMultipartUploadsCommand({ Bucket: house.bucket }));
  expect(Uploads).toEqual([]);
});

test('a case says by what it throws whether something is wrong or not known, and the next one runs all the same', async () => {
  const cases = [
    { name: 'wrong', run: () => Promise.reject(new Error('another')) },
    { name: 'unknown', run: () => Promise.reject(new Unsupported('never heard')) },
    { name: 'right', run: async () => undefined },
  ];
  const heard: string[] = [];
  const store = { client: house.s3, bucket: house.bucket };
  const results = await runConformance(store, { cases, onResult: ({ name }) => heard.push(name) });
  expect(results).toMatchObject([
    { name: 'wrong', outcome: 'failed', cause: 'Error: another' },
    { name: 'unknown', outcome: 'unsupported', cause: 'Unsupported: never heard' },
    { name: 'right', outcome: 'ok', cause: undefined },
  ]);
  expect(heard).toEqual(['wrong', 'unknown', 'right']);
});

test('a store that damages what it is given fails', async () => {
  const proxy = await openFaultProxy({ target: { host: house.host, port: house.port }, http: true });
  proxy.setHttp([{ method: 'GET', effect: { kind: 'corrupt-byte' } }]);
  const client = clientFor(house.access(proxy.port), 1);
  const cases = conformanceCases.filter(({ name }) => name.startsWith('an object comes back'));
  const [result] = await runConformance({ client, bucket: house.bucket }, { cases });
  expect(result).toMatchObject({ outcome: 'failed', cause: expect.stringContaining('checksum-mismatch') });
  client.destroy();
  await proxy.close();
});

test('every case has a name of its own', () => {
  expect(new Set(conformanceCases.map(({ name }) => name)).size).toBe(conformanceCases.length);
});
