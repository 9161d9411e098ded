import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decryptAge, generateIdentity, recipientOf } from '@hikyaku/encryption';
import { createOpenPgpKeyPair } from '@hikyaku/encryption/openpgp';
import { expect, test } from 'vitest';
import { findAudience } from './audience.ts';
import { layeredName, throughLayers } from './layers.ts';

async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

async function* broken() {
  yield Buffer.from('one');
  throw new Error('moved');
}

const ofOthers = () => Promise.resolve([{ kind: 'openpgp', publicKey: 'x' }]);

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(source));
}

test('compressed first, then encrypted, as its name says', async () => {
  const identity = generateIdentity();
  const audience = await findAudience({ recipient: [recipientOf(identity)] }, () => Promise.resolve([]));
  const layers = { gzip: true, audience };
  expect(layeredName('a.csv', layers)).toBe('a.csv.gz.age');
  const sealed = throughLayers(pieces('one', 'two'), layers);
  const opened = await collect(decryptAge(sealed, { identities: [identity] }));
  expect(String(gunzipSync(opened))).toBe('onetwo');
});

test('what breaks while it is read breaks what is made of it', async () => {
  await expect(collect(throughLayers(broken(), { gzip: true, audience: undefined }))).rejects.toThrow('moved');
});

test.each(['age1notakey', 'x', ''])('nothing is encrypted for %j', async (recipient) => {
  const wish = { recipient: [recipient] };
  await expect(findAudience(wish, () => Promise.resolve([]))).rejects.toMatchObject({ code: 'not-a-recipient' });
});

test('a file of a public key is read as Windows redirects it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-key-'));
  try {
    const { publicKey, fingerprint } = await createOpenPgpKeyPair('Hanako');
    const path = join(folder, 'hanako.asc');
    await writeFile(path, Buffer.from(`\uFEFF${publicKey}`, 'utf16le'));
    const audience = await findAudience({ openpgp: true, recipient: [path] }, () => Promise.resolve([]));
    expect(audience?.fingerprints).toEqual([fingerprint]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('an organization without keys is told apart from one that has other ones', async () => {
  await expect(findAudience({ encrypt: true, recipient: [] }, ofOthers)).rejects.toMatchObject({
    code: 'no-recipients',
  });
});
