import { createOrganizationKey } from '@hikyaku/db';
import { generateIdentity, recipientOf } from '@hikyaku/encryption';
import { createFolderKeyStore } from '@hikyaku/encryption/key-store';
import { HikyakuError } from '@hikyaku/types';
import { v7 as uuidv7 } from 'uuid';
import { readKeysEnvironment } from './env.ts';

// `keys create <organization>`, at the worker: makes a key pair, keeps the private part in KEYS_FOLDER and registers the
// public one. Prints the public key, and nothing else.
const [command, organization] = process.argv.slice(2);
try {
  if (command !== 'create' || !organization)
    throw new Error('Usage: keys create <organization, by its short name or id>');
  const env = readKeysEnvironment();
  const identity = generateIdentity();
  const publicKey = recipientOf(identity);
  const privateKeyReference = `${uuidv7()}.key`;
  // Kept before it is registered: a key that somebody could encrypt for can always be found.
  await createFolderKeyStore(env.KEYS_FOLDER).add(privateKeyReference, identity);
  await createOrganizationKey(env.DATABASE_OWNER_URL, { organization, publicKey, privateKeyReference });
  process.stdout.write(`${publicKey}\n`);
} catch (error) {
  const isUnknown = error instanceof HikyakuError && error.code === 'not-found';
  const text = isUnknown ? `There is no organization ${organization}.` : error instanceof Error ? error.message : error;
  process.stderr.write(`${String(text)}\n`);
  process.exitCode = 1;
}
