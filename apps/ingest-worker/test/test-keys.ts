import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOrganizationKey } from '@hikyaku/db';
import { encryptAge, generateIdentity, recipientOf } from '@hikyaku/encryption';
import { createFolderKeyStore } from '@hikyaku/encryption/key-store';

export interface TestKeys {
  /** For KEYS_FOLDER of a worker. */
  folder: string;
  /** Registers a new key; `kept: false` leaves its private part out of the folder. @returns the public key */
  add(organization: string, options?: { kept?: boolean }): Promise<string>;
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
