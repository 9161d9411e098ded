import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';

const program = new URL('../../test/endless-workbook-part.ts', import.meta.url);

test.each([
  ['cells behind the last column', 'sound,sound'],
  ['one cell again and again', 'sound,line-too-long'],
  ['a cell of many texts', 'sound,line-too-long'],
  ['a cell of many values', 'sound,line-too-long'],
  ['tags in tags', 'damaged-workbook'],
  ['a shared text of many runs', 'workbook-too-large'],
])('%s: 100 MiB of it take no more than 64 MiB', async (kind, outcome) => {
  const worker = new Worker(program, {
    workerData: { kind, mebibytes: 100 },
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 },
  });
  const [said] = await once(worker, 'message');
  expect(said).toBe(outcome);
});
