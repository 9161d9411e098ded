import { expect, test } from 'vitest';
import { type KnownContent, type ObjectClaims, planVerification } from './plan-verification.ts';

const mebibyte = 1024 ** 2;
const md5 = '0123456789abcdef0123456789abcdef';
const object: ObjectClaims = {
  etag: md5,
  sizeBytes: 100 * mebibyte,
  isEtagDigest: true,
  checksums: [],
  partSizes: undefined,
};

function planned(about: Partial<ObjectClaims>, known: KnownContent = {}) {
  const plan = planVerification({ ...object, ...about }, known);
  return plan && { by: plan.by, algorithm: plan.algorithm, expected: plan.expected, isAssumed: plan.isAssumed };
}

test('what the caller knows comes first, in whatever case it is written', () => {
  const plan = planned({ checksums: [{ algorithm: 'crc32c', value: 'AAAAAA==' }] }, { sha256: 'ABCDEF' });
  expect(plan).toEqual({ by: 'expected', algorithm: 'sha256', expected: 'abcdef', isAssumed: false });
});

test('a checksum of the whole comes before one of parts, and that before the ETag', () => {
  const ofParts = { algorithm: 'sha256', value: 'AAAA-2' } as const;
  const ofWhole = { algorithm: 'crc64nvme', value: 'AAAAAAAAAAA=' } as const;
  expect(planned({ checksums: [ofParts, ofWhole] })).toMatchObject({ by: 'checksum', algorithm: 'crc64nvme' });
  const partSizes = [60 * mebibyte, 40 * mebibyte];
  expect(planned({ checksums: [ofParts], partSizes })).toMatchObject({ algorithm: 'sha256', isAssumed: false });
  expect(planned({})).toEqual({ by: 'etag', algorithm: 'md5', expected: md5, isAssumed: false });
});

test.each([
  [7, 'the 16 MiB of our own uploads'],
  [13, '8 MiB of the AWS CLI'],
  [20, '5 MiB of rclone'],
  [2, '50 MiB of s5cmd'],
  [100, 'one mebibyte, the least that fits'],
])('of %i parts the size is assumed: %s', (count) => {
  expect(planned({ etag: `${md5}-${count}` })).toMatchObject({ by: 'etag', isAssumed: true });
  expect(planned({ etag: `${md5}-${count}` }, { partSizeBytes: 1 })).toMatchObject({ isAssumed: false });
});

test('where no size of parts makes so many of them, or the ETag is none of the content, nothing can be compared', () => {
  expect(planned({ etag: `${md5}-99` })).toBeUndefined();
  expect(planned({ isEtagDigest: false })).toBeUndefined();
});
