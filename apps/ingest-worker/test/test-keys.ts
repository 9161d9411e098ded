import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOrganizationKey } from '@hikyaku/db';
import { encryptAge, generateIdentity, recipientOf } from '@hikyaku/encryption';
import { createFolderKeyStore } from '@hikyaku/encryption/key-store';
import { createOpenPgpKeyPair } from '@hikyaku/encryption/openpgp';

export interface TestKeys {
  /** For KEYS_FOLDER of a worker. */
  folder: string;
  /** Registers a new key; `kept: false` leaves its private part out of the folder. @returns the public key */
  add(organization: string, options?: { kept?: boolean }): Promise<string>;
  /** A new OpenPGP key. @returns its public part, in armor */
  addOpenPgp(organization: string): Promise<string>;
  addPassphrase(organization: string, passphrase: string): Promise<void>;
  remove(): Promise<void>;
}

export async function testKeys(ownerUrl: string): Promise<TestKeys> {
  const parent = await mkdtemp(join(tmpdir(), 'hikyaku-keys-'));
  const folder = join(parent, 'keys');
  const store = createFolderKeyStore(folder);
  let count = 0;
  return {
    folder,
    async add(organization, { kept = true } = {}) {
      const identity = generateIdentity();
      const publicKey = recipientOf(identity);
      const privateKeyReference = `${++count}.key`;
      if (kept) await store.add(privateKeyReference, { kind: 'age', identity });
      const publicPart = { kind: 'age', publicKey } as const;
      await createOrganizationKey(ownerUrl, { organization, publicPart, privateKeyReference });
      return publicKey;
    },
    async addOpenPgp(organization) {
      const { privateKey, publicKey: certificate, fingerprint } = await createOpenPgpKeyPair(organization);
      const privateKeyReference = `${++count}.key`;
      await store.add(privateKeyReference, { kind: 'openpgp', privateKey });
      const publicPart = { kind: 'openpgp', fingerprint, certificate } as const;
      await createOrganizationKey(ownerUrl, { organization, publicPart, privateKeyReference });
      return certificate;
    },
    async addPassphrase(organization, passphrase) {
      const privateKeyReference = `${++count}.key`;
      await store.add(privateKeyReference, { kind: 'passphrase', passphrase });
      await createOrganizationKey(ownerUrl, { organization, publicPart: { kind: 'passphrase' }, privateKeyReference });
    },
    remove: () => rm(parent, { recursive: true }),
  };
}

export async function encrypted(plain: Uint8Array, ...recipients: string[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  async function* source() {
    yield plain;
  }
  for await (const chunk of encryptAge(source(), recipients)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
