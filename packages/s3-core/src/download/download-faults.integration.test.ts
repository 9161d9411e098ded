import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { playDownloadCase } from '../../test/download-cases.ts';
import { openTestBucket, type TestBucket } from '../../test/test-bucket.ts';

// HIKYAKU_DOWNLOAD_CASES=200 plays as many; HIKYAKU_DOWNLOAD_SEED=17 begins with that one.
const cases = Number(process.env['HIKYAKU_DOWNLOAD_CASES'] ?? 20);
const firstSeed = Number(process.env['HIKYAKU_DOWNLOAD_SEED'] ?? 1);
const atOnce = 4;
const body = randomBytes(1024 ** 2 + 4_321);

let bucket: TestBucket;
beforeAll(async () => {
  bucket = await openTestBucket();
  await bucket.put('object', body);
});
afterAll(() => bucket.close());

test(
  `${cases} downloads killed or damaged at random bytes: never a wrong file, little fetched again, nothing left`,
  { timeout: 30_000 + cases * 3_000 },
  async () => {
    const seeds = Array.from({ length: cases }, (_, index) => firstSeed + index);
    const wrong: string[] = [];
    const play = async () => {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
        const { kind, violations } = await playDownloadCase(bucket, { key: 'object', body }, seed);
        for (const violation of violations) wrong.push(`${kind}: ${violation}`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, play));
    expect(wrong).toEqual([]);
  },
);
