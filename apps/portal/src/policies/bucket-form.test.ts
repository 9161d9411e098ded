import { describe, expect, test } from 'vitest';
import { type BucketForm, readBucketForm } from './bucket-form.ts';
import { endOfDay } from './end-of-day.ts';

const now = new Date('2026-11-22T06:00:00Z');
const roleArn = 'arn:aws:iam::111122223333:role/worker';
const blank: BucketForm = {
  bucket: '',
  roleArn: '',
  read: '',
  write: '',
  until: '',
  isTls: false,
  keyArn: '',
  networks: '',
  endpoints: '',
};
const read = (form: Partial<BucketForm>) =>
  readBucketForm({ ...blank, bucket: 'files', ...form }, { now, timeZone: 'Asia/Tokyo' });
const statementsOf = (form: Partial<BucketForm>) => {
  const { faults, text } = read(form);
  expect(faults).toEqual({});
  return JSON.parse(text ?? '{}').Statement;
};

test('a prefix is a line, with spaces and commas in it: no word of it alone is granted', () => {
  expect(statementsOf({ roleArn, read: 'incoming data/\na, b/\n\n', write: '売上　月次/' })).toMatchObject([
    { Sid: 'RoleReads', Resource: ['arn:aws:s3:::files/incoming data/*', 'arn:aws:s3:::files/a, b/*'] },
    { Sid: 'RoleWrites', Resource: ['arn:aws:s3:::files/売上　月次/*'] },
  ]);
});

describe('what is filled in is in the policy, or it is said why not', () => {
  test.each<[Partial<BucketForm>, object]>([
    [{ roleArn }, { read: 'prefixMissing' }],
    [{ read: 'incoming/' }, { roleArn: 'roleMissing' }],
    [{ until: '2026-12-01', isTls: true }, { roleArn: 'roleMissing' }],
    [{ roleArn: 'worker', read: 'incoming/' }, { roleArn: 'roleArn' }],
    [{ roleArn: 'arn:aws:iam::111122223333:user/jane', read: 'incoming/' }, { roleArn: 'roleArn' }],
    [{ roleArn, read: 'incoming ' }, { read: 'prefixSpace' }],
    [{ roleArn, write: 'in*/' }, { write: 'prefixWildcard' }],
    [{ roleArn, write: 'home/${aws:username}/' }, { write: 'prefixWildcard' }],
    [{ keyArn: 'alias/files' }, { keyArn: 'keyArn' }],
    [{ networks: '203.0.113.0/24, office' }, { networks: 'network' }],
    [{ endpoints: 'vpc-0123' }, { endpoints: 'endpoint' }],
    [{ bucket: 'Files' }, { bucket: 'bucketName' }],
    [{ roleArn, read: 'a/', until: '2026-11-21' }, { until: 'dayPast' }],
    [{ roleArn, read: 'a/', until: '12026-11-21' }, { until: 'dayUnreadable' }],
    [{ roleArn, read: 'a/', until: '9999-12-31' }, { until: 'dayUnreadable' }],
    [{ roleArn, read: 'a/', until: '9999-12-30' }, {}],
  ])('%j', (form, faults) => {
    const found = read(form);
    expect(found.faults).toEqual(faults);
    expect(found.text === undefined).toBe(Object.keys(faults).length > 0);
  });

  test('nothing at all says nothing, and is no fault', () => {
    expect(read({})).toEqual({ faults: {} });
    expect(read({ bucket: '', isTls: true })).toEqual({ faults: {} });
  });

  test('every refusal has its statement', () => {
    const keyArn = 'arn:aws:kms:ap-northeast-1:111122223333:key/1234abcd-12ab';
    const all = { isTls: true, keyArn, networks: '203.0.113.0/24\n2001:db8::/32', endpoints: 'vpce-0123abc' };
    expect(statementsOf(all).map(({ Sid }: { Sid: string }) => Sid)).toEqual([
      'DenyPlainHttp',
      'DenyOldTls',
      'DenyOtherEncryption',
      'DenyOtherKey',
      'DenyOutside',
    ]);
  });
});

test('the last day is one of the time zone, today too', () => {
  const [grant] = statementsOf({ roleArn, read: 'a/', until: '2026-11-22' });
  expect(grant.Condition).toEqual({
    DateGreaterThanEquals: { 'aws:CurrentTime': '2026-11-22T06:00:00Z' },
    DateLessThan: { 'aws:CurrentTime': '2026-11-22T15:00:00Z' },
  });
});

test.each([
  ['2026-11-22', 'Asia/Tokyo', '2026-11-22T15:00:00.000Z'],
  ['2026-02-28', 'UTC', '2026-03-01T00:00:00.000Z'],
  // Clocks go forward on the 29th, and back on the 25th.
  ['2026-03-28', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
  ['2026-13-01', 'UTC', undefined],
])('%s ends in %s at %s', (day, timeZone, expected) => {
  expect(endOfDay(day, timeZone)?.toISOString()).toBe(expected);
});
