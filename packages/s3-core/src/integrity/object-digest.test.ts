import { createHash, randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createCompositeDigest,
  createDigest,
  type DigestAlgorithm,
  prepareDigest,
  type RunningDigest,
} from './object-digest.ts';

const md5 = (part: Uint8Array) => createHash('md5').update(part).digest();

async function digestOf(digest: RunningDigest, bytes: Uint8Array, pieceBytes = bytes.length || 1): Promise<string> {
  for (let at = 0; at < bytes.length; at += pieceBytes) digest.update(bytes.subarray(at, at + pieceBytes));
  return (await digest.finish()).toString('hex');
}

describe.each([
  ['as they are', async () => undefined],
  ['prepared', () => prepareDigest('crc64nvme')],
])('%s', (_, prepare) => {
  beforeAll(prepare);

  // The check values of https://reveng.sourceforge.io/crc-catalogue/ and of the hashes' own specifications.
  test.each([
    ['crc32', '123456789', 'cbf43926'],
    ['crc32c', '123456789', 'e3069283'],
    ['crc64nvme', '123456789', 'ae8b14860a799888'],
    ['crc32c', '', '00000000'],
    ['crc64nvme', '', '0000000000000000'],
    ['md5', '', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['sha1', 'abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['sha256', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ] as const)('%s of %j is %s', async (algorithm, text, expected) => {
    expect(await digestOf(createDigest(algorithm), Buffer.from(text))).toBe(expected);
  });

  // From the NVM Express specification (NVM Command Set 1.0, section 5.2.1.3.4).
  test.each([
    [Buffer.alloc(4096), '6482d367eb22b64e'],
    [Buffer.alloc(4096, 0xff), 'c0ddba7302eca3ac'],
    [Buffer.from(Array.from({ length: 4096 }, (_, index) => index & 0xff)), '3e729f5f6750449c'],
  ])('CRC64NVME has the values of its specification', async (bytes, expected) => {
    expect(await digestOf(createDigest('crc64nvme'), bytes)).toBe(expected);
  });

  test.each(['crc32', 'crc32c', 'crc64nvme', 'sha256', 'sha1', 'md5'] as const)(
    '%s does not depend on how the bytes come',
    async (algorithm: DigestAlgorithm) => {
      const bytes = randomBytes(10_000);
      const whole = await digestOf(createDigest(algorithm), bytes);
      for (const size of [1, 7, 4_096]) expect(await digestOf(createDigest(algorithm), bytes, size)).toBe(whole);
      // A piece in the middle of a larger buffer, as those of the network are.
      expect(await digestOf(createDigest(algorithm), Buffer.concat([randomBytes(3), bytes]).subarray(3))).toBe(whole);
    },
  );
});

test.each([1, 999, 1_000, 1_001, 3_000, 3_001])(
  'of parts it is the digest of their digests, whatever the pieces: %i bytes in parts of 1,000',
  async (sizeBytes) => {
    const bytes = randomBytes(sizeBytes);
    const parts = Array.from({ length: Math.ceil(sizeBytes / 1_000) }, (_, index) =>
      md5(bytes.subarray(index * 1_000, (index + 1) * 1_000)),
    );
    const expected = md5(Buffer.concat(parts)).toString('hex');
    for (const pieceBytes of [1, 600, 1_000, 5_000]) {
      const composite = createCompositeDigest('md5', () => 1_000);
      expect(await digestOf(composite, bytes, pieceBytes)).toBe(expected);
      expect(composite.partCount).toBe(parts.length);
    }
  },
);

test('parts may have sizes of their own', async () => {
  const bytes = randomBytes(10);
  const crc = async (part: Uint8Array) => digestOf(createDigest('crc32c'), part);
  const parts = await Promise.all([bytes.subarray(0, 2), bytes.subarray(2, 9), bytes.subarray(9)].map(crc));
  const composite = createCompositeDigest('crc32c', (index) => [2, 7, 1][index]);
  expect(await digestOf(composite, bytes, 3)).toBe(await crc(Buffer.from(parts.join(''), 'hex')));
});

test('two that are computed at once do not disturb each other', async () => {
  await prepareDigest('crc64nvme');
  const [one, other] = [createDigest('crc64nvme'), createDigest('crc64nvme')];
  for (const byte of '123456789') {
    one.update(Buffer.from(byte));
    other.update(Buffer.alloc(1_000));
  }
  expect((await one.finish()).toString('hex')).toBe('ae8b14860a799888');
});
