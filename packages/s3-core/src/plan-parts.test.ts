import { expect, test } from 'vitest';
import { plannedPartBytes, planParts } from './plan-parts.ts';

const [MiB, GiB, TiB] = [1024 ** 2, 1024 ** 3, 1024 ** 4];

test.each([
  [1, 16 * MiB, 1],
  [16 * MiB, 16 * MiB, 1],
  [16 * MiB + 1, 16 * MiB, 2],
  [3 * GiB, 16 * MiB, 192],
  [10_000 * 16 * MiB, 16 * MiB, 10_000],
  [10_000 * 16 * MiB + 1, 17 * MiB, 9_412],
  [5 * TiB, 525 * MiB, 9_987],
])('%i bytes go in parts of %i: %i of them', (sizeBytes, partSizeBytes, partCount) => {
  expect(planParts(sizeBytes)).toEqual({ partSizeBytes, partCount });
});

test.each([1, 5 * MiB, 16 * MiB, 16 * MiB + 1, 100 * MiB - 7, 200 * GiB, 5 * TiB])(
  'the parts of %i bytes are all of it, at most 10,000, and none but the last is short',
  (sizeBytes) => {
    const { partSizeBytes, partCount } = planParts(sizeBytes);
    expect(partCount).toBeLessThanOrEqual(10_000);
    let total = 0;
    for (let partNumber = 1; partNumber <= partCount; partNumber += 1) {
      const bytes = plannedPartBytes({ sizeBytes, partSizeBytes }, partNumber) ?? 0;
      if (partNumber < partCount) expect(bytes).toBe(partSizeBytes);
      expect(bytes).toBeGreaterThan(0);
      total += bytes;
    }
    expect(total).toBe(sizeBytes);
    for (const none of [0, partCount + 1, -1]) {
      expect(plannedPartBytes({ sizeBytes, partSizeBytes }, none)).toBeUndefined();
    }
  },
);
