import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { keyIdOf, type PublishedKeys } from '../public-key.ts';

export interface ReceiptKeys {
  signing: { keyId: string; privateKey: KeyObject };
  /** All of them, those that no longer sign too. */
  published: PublishedKeys['keys'];
}

const othersMay = 0o077;
/** Whoever writes into the folder adds a key that signs. */
const othersMayWrite = 0o022;
const mostBytes = 4 * 1024;

/**
 * Keys as files of one folder, `*.pem`: of those with a private part (PKCS #8) the last by name signs, so that a new key takes over by
 * being added, under the day's date. What it has replaced stays there, or its public part alone (SPKI): receipts signed by it stay genuine.
 *
 * @throws Error where no key can sign, others may read a private one or write into the folder, or a file holds no Ed25519 key; what it holds is not told
 */
export async function loadReceiptKeys(folder: string): Promise<ReceiptKeys> {
  if (((await stat(folder)).mode & othersMayWrite) !== 0)
    throw new Error(`others than its owner may write into ${folder}`);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.pem')).toSorted();
  const keys = [];
  for (const name of names) keys.push(await readKey(join(folder, name)));
  const signing = keys.findLast((key) => key.privateKey);
  if (!signing?.privateKey) throw new Error(`no private key to sign receipts with in ${folder}`);
  return {
    signing: { keyId: signing.published.kid, privateKey: signing.privateKey },
    published: keys.map(({ published }) => published),
  };
}

async function readKey(path: string) {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { mode, size } = await file.stat();
    if (size > mostBytes) throw new Error(`no key: ${path}`);
    const pem = await file.readFile('utf8');
    const isPrivate = pem.includes('PRIVATE KEY');
    if (isPrivate && (mode & othersMay) !== 0) throw new Error(`others than its owner may read ${path}`);
    const privateKey = isPrivate ? parse(path, () => createPrivateKey(pem)) : undefined;
    return {
      privateKey,
      published: published(
        path,
        parse(path, () => createPublicKey(pem)),
      ),
    };
  } finally {
    await file.close();
  }
}

/** The reason would quote what is in the file. */
function parse(path: string, read: () => KeyObject): KeyObject {
  try {
    return read();
  } catch {
    throw new Error(`no key: ${path}`);
  }
}

function published(path: string, key: KeyObject): PublishedKeys['keys'][number] {
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`no Ed25519 key: ${path}`);
  const { x } = z.object({ x: z.string() }).parse(key.export({ format: 'jwk' }));
  return { kty: 'OKP', crv: 'Ed25519', x, kid: keyIdOf(x), use: 'sig', alg: 'EdDSA' };
}
