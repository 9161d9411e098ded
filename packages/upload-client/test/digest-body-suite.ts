import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { DigestBody } from '../src/digest-body.ts';

/** What every way of computing digests has to do. */
export function describeDigestBody(name: string, digestBody: DigestBody): void {
  describe(name, () => {
    it('tells the known digests of nothing and of "abc", in base64', async () => {
      expect(await digestBody(new Blob([]))).toEqual({
        md5: '1B2M2Y8AsgTpgAmY7PhCfg==',
        sha256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
      });
      expect(await digestBody(new Blob(['abc']))).toEqual({
        md5: 'kAFQmDzST7DWlj99KOF/cg==',
        sha256: 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=',
      });
    });

    it.each([55, 56, 63, 64, 65, 1_000_003])('agrees with another implementation on %i bytes', async (size) => {
      const bytes = randomBytes(size);
      const expected = (algorithm: string) => createHash(algorithm).update(bytes).digest('base64');
      expect(await digestBody(new Blob([bytes]))).toEqual({ md5: expected('md5'), sha256: expected('sha256') });
    });

    it('reads a slice where it lies in its file', async () => {
      const bytes = randomBytes(1_000);
      const slice = new Blob([bytes]).slice(100, 900);
      const { sha256 } = await digestBody(slice);
      expect(sha256).toBe(createHash('sha256').update(bytes.subarray(100, 900)).digest('base64'));
    });

    it('keeps apart what it is asked at the same time', async () => {
      const bodies = [300_000, 5, 0, 299_999, 70_000].map((size) => randomBytes(size));
      const digests = await Promise.all(bodies.map((bytes) => digestBody(new Blob([bytes]))));
      const expected = bodies.map((bytes) => createHash('sha256').update(bytes).digest('base64'));
      expect(digests.map(({ sha256 }) => sha256)).toEqual(expected);
    });

    it('fails where the body can not be read', async () => {
      const unreadable = Object.assign(new Blob(['a']), {
        arrayBuffer: () => Promise.reject(new Error('moved')),
        stream: () => new ReadableStream({ start: (controller) => controller.error(new Error('moved')) }),
      });
      await expect(digestBody(unreadable)).rejects.toThrow('moved');
    });
  });
}
