import { gzipSync } from 'node:zlib';
import { encryptAge, generateIdentity, recipientOf } from '@hikyaku/encryption';
import { HikyakuError } from '@hikyaku/types';
import { describe, expect, test } from 'vitest';
import { openContent } from './open-content.ts';

const identity = generateIdentity();
const line = Buffer.from('id,name\n1,a\n');

async function gather(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const encrypt = (bytes: Uint8Array, to = identity) => gather(encryptAge(once(bytes), [recipientOf(to)]));

/** Byte by byte, so that no beginning comes in one piece; says whether it was closed. */
function sourceOf(bytes: Buffer) {
  const source = { isClosed: false, bytes: drip() };
  async function* drip() {
    try {
      for (let at = 0; at < bytes.length; at++) yield bytes.subarray(at, at + 1);
    } finally {
      source.isClosed = true;
    }
  }
  return source;
}

const noKey = () => Promise.reject(new HikyakuError('no-key'));

async function* silentAfter(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
  await new Promise(() => undefined);
}

const options = {
  fileName: 'a.csv',
  findKeys: () => Promise.resolve({ identities: [identity], openPgpKeys: [], passphrases: [] }),
  maxContentBytes: 1_000,
};

describe('layers are told by content', () => {
  test.each<[string, () => Buffer | Promise<Buffer>, object]>([
    ['neither', () => line, { encryption: null, compression: null }],
    ['gzip', () => gzipSync(line), { encryption: null, compression: 'gzip' }],
    ['age', () => encrypt(line), { encryption: 'age', compression: null }],
    ['both', () => encrypt(gzipSync(line)), { encryption: 'age', compression: 'gzip' }],
  ])('%s', async (_, make, layers) => {
    const source = sourceOf(await make());
    const opened = await openContent(source.bytes, options);
    expect(opened.layers).toEqual(layers);
    expect((await gather(opened.content)).equals(line)).toBe(true);
    expect(source.isClosed).toBe(true);
  });

  test.each([0, 1, 2, 63, 64, 65])('a file of %i bytes is what it is', async (size) => {
    const bytes = Buffer.alloc(size, 'x');
    const { content } = await openContent(sourceOf(bytes).bytes, options);
    expect(await gather(content)).toEqual(bytes);
  });

  test('keys are looked for only where something is encrypted', async () => {
    await gather((await openContent(sourceOf(gzipSync(line)).bytes, { ...options, findKeys: noKey })).content);
    const source = sourceOf(await encrypt(line));
    await expect(openContent(source.bytes, { ...options, findKeys: noKey })).rejects.toMatchObject({
      code: 'no-key',
    });
    expect(source.isClosed).toBe(true);
  });
});

describe('refused, and the source closed', () => {
  test.each<[string, string, () => Buffer | Promise<Buffer>]>([
    ['not-encrypted', 'a.csv.age', () => line],
    ['not-encrypted', 'a.CSV.GZ.AGE', () => gzipSync(line)],
    ['not-encrypted', 'a.csv.age.gz', () => gzipSync(line)],
    ['not-encrypted', 'a.csv.gpg', () => line],
    ['not-encrypted', 'a.csv.PGP', () => line],
    ['damaged-encryption', 'a.csv', () => Buffer.from('-----BEGIN AGE ENCRYPTED FILE-----\n')],
    ['damaged-encryption', 'a.csv', () => Buffer.from('-----BEGIN PGP MESSAGE-----\n')],
    ['damaged-encryption', 'a.csv', () => Buffer.from('age-encryption.org/v2\n')],
    ['wrong-key', 'a.csv', () => encrypt(line, generateIdentity())],
  ])('%s: %s', async (code, fileName, make) => {
    const source = sourceOf(await make());
    await expect(openContent(source.bytes, { ...options, fileName })).rejects.toMatchObject({ code });
    expect(source.isClosed).toBe(true);
  });

  test('a stop is heard while the beginning is awaited', async () => {
    const signal = AbortSignal.timeout(100);
    await expect(openContent(silentAfter(Buffer.from('a')), { ...options, signal })).rejects.toMatchObject({
      code: 'stopped',
    });
  });

  test('a stop is heard in the middle of an encrypted and compressed file', async () => {
    const file = await encrypt(gzipSync(Buffer.concat([line, Buffer.alloc(500_000, 'x')]), { level: 0 }));
    const stop = new AbortController();
    async function* silent(): AsyncGenerator<Uint8Array> {
      yield file.subarray(0, 200_000);
      setTimeout(() => stop.abort(new HikyakuError('claim-lost')), 50);
      await new Promise(() => undefined);
    }
    const { content } = await openContent(silent(), { ...options, maxContentBytes: 1e9, signal: stop.signal });
    await expect(gather(content)).rejects.toMatchObject({ code: 'claim-lost' });
  });
});
