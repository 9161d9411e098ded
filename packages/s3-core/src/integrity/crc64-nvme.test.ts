import { afterEach, expect, test, vi } from 'vitest';
import { createDigest, prepareDigest } from './object-digest.ts';

afterEach(() => vi.unstubAllGlobals());

/** https://reveng.sourceforge.io/crc-catalogue/17plus.htm#crc.cat.crc-64-nvme */
async function checkValue(): Promise<string> {
  const digest = createDigest('crc64nvme');
  digest.update(Buffer.from('123456789'));
  return (await digest.finish()).toString('hex');
}

test('where nothing may be compiled it is right all the same, and compiled as soon as it may be', async () => {
  vi.stubGlobal('WebAssembly', undefined);
  await prepareDigest('crc64nvme');
  expect(await checkValue()).toBe('ae8b14860a799888');
  vi.unstubAllGlobals();
  await prepareDigest('crc64nvme');
  expect(await checkValue()).toBe('ae8b14860a799888');
});
