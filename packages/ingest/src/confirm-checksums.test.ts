import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { confirmChecksums } from './confirm-checksums.ts';

const partSizeBytes = 1_000;
const body = randomBytes(3_500);
const sent = checksumsOf(body);

function checksumsOf(bytes: Buffer) {
  const sha256 = [];
  for (let start = 0; start < bytes.length; start += partSizeBytes) {
    const part = bytes.subarray(start, start + partSizeBytes);
    sha256.push(createHash('sha256').update(part).digest('base64'));
  }
  return { partSizeBytes, sha256 };
}

async function* inChunksOf(bytes: Buffer, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += chunkBytes) yield bytes.subarray(start, start + chunkBytes);
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<{ passed: Buffer; error?: unknown }> {
  const passed: Uint8Array[] = [];
  try {
    for await (const chunk of source) passed.push(chunk);
    return { passed: Buffer.concat(passed) };
  } catch (error) {
    return { passed: Buffer.concat(passed), error };
  }
}

const flipped = (at: number) => {
  const other = Buffer.from(body);
  other[at] = (other[at] ?? 0) ^ 1;
  return other;
};
const mismatch = (partNumber: number) => ({ code: 'checksum-mismatch', retriable: false, details: { partNumber } });

describe.each([1, 7, 999, 1_000, 1_001, 2_500, 3_500])('in chunks of %i bytes', (chunkBytes) => {
  test('what was sent passes as it is', async () => {
    const { passed, error } = await collect(confirmChecksums(inChunksOf(body, chunkBytes), sent));
    expect(error).toBeUndefined();
    expect(passed.equals(body)).toBe(true);
  });

  test.each([
    ['first byte', 0, 1],
    ['last byte of a part', 999, 1],
    ['first byte of a part', 1_000, 2],
    ['last byte', 3_499, 4],
  ])('one bit of the %s is told, with its part, and the part never ends', async (_what, at, partNumber) => {
    const { passed, error } = await collect(confirmChecksums(inChunksOf(flipped(at), chunkBytes), sent));
    expect(error).toMatchObject(mismatch(partNumber));
    expect(passed.length).toBeLessThan(Math.min(partNumber * partSizeBytes, body.length) + chunkBytes);
  });

  test.each([
    ['a byte is missing at the end', body.subarray(0, 3_499), 4],
    ['the last part is missing', body.subarray(0, 3_000), 4],
    ['all is missing', body.subarray(0, 0), 1],
    ['bytes are left over', Buffer.concat([body, Buffer.alloc(600)]), 4],
    ['two parts are swapped', Buffer.concat([body.subarray(1_000, 2_000), body.subarray(0, 1_000)]), 1],
  ])('it is told when %s', async (_what, bytes, partNumber) => {
    const { error } = await collect(confirmChecksums(inChunksOf(bytes, chunkBytes), sent));
    expect(error).toMatchObject(mismatch(partNumber));
  });
});

test('a part more than was sent is told', async () => {
  const twoParts = body.subarray(0, 2_000);
  const { error } = await collect(confirmChecksums(inChunksOf(body, 500), checksumsOf(twoParts)));
  expect(error).toMatchObject(mismatch(3));
});

test('without checksums everything passes', async () => {
  const { passed, error } = await collect(confirmChecksums(inChunksOf(body, 100), undefined));
  expect(error).toBeUndefined();
  expect(passed.equals(body)).toBe(true);
});

test('the source is closed when the taker stops, and when a part is wrong', async () => {
  const stopped = Readable.from(inChunksOf(body, 100));
  for await (const chunk of confirmChecksums(stopped, sent)) if (chunk) break;
  expect(stopped.destroyed).toBe(true);
  const wrong = Readable.from(inChunksOf(flipped(0), 100));
  await collect(confirmChecksums(wrong, sent));
  expect(wrong.destroyed).toBe(true);
});

test("the source's own errors come through", async () => {
  const failing = (async function* () {
    yield body.subarray(0, 10);
    throw new Error('reset');
  })();
  expect((await collect(confirmChecksums(failing, sent))).error).toMatchObject({ message: 'reset' });
});
