import { readFile } from 'node:fs/promises';
import { createOrganizationKey, takeOverRegisteredKey } from '@hikyaku/db';
import { createFolderKeyStore, parseSecretKey, type SecretKey } from '@hikyaku/encryption/key-store';
import { HikyakuError } from '@hikyaku/types';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { readKeysEnvironment } from './env.ts';
import { makeKey, publicPartOf } from './make-key.ts';

const usage = `Usage: keys create <organization, by its short name or id> [age|openpgp|passphrase]
       keys import <organization> <file of age-keygen, of gpg --armor --export-secret-keys, or a line "passphrase: …">`;
const kindOfKey = z.enum(['age', 'openpgp', 'passphrase']);

// At the worker: makes or takes over a key, keeps its private part in KEYS_FOLDER and registers the public one, where the
// organization's administrators have not done so. Prints what
// partners need to encrypt for it, and nothing else: the public key, or a new passphrase this once.
const [command, organization, argument] = process.argv.slice(2);
try {
  if (!organization) throw new Error(usage);
  const key = await keyFor(command, organization, argument);
  const env = readKeysEnvironment();
  const publicPart = await publicPartOf(key);
  const keyStore = createFolderKeyStore(env.KEYS_FOLDER);
  const isTakenOver =
    publicPart.kind === 'age' &&
    (await takeOverRegisteredKey(
      env.DATABASE_OWNER_URL,
      { organization, publicKey: publicPart.publicKey },
      (registeredAs) => keyStore.add(registeredAs, key),
    ));
  if (!isTakenOver) {
    const privateKeyReference = `${uuidv7()}.key`;
    // Kept before it is registered: a key that somebody could encrypt for can always be found.
    await keyStore.add(privateKeyReference, key);
    await createOrganizationKey(env.DATABASE_OWNER_URL, { organization, publicPart, privateKeyReference });
  }
  if (publicPart.kind === 'age') process.stdout.write(`${publicPart.publicKey}\n`);
  else if (publicPart.kind === 'openpgp') process.stdout.write(publicPart.certificate);
  else if (command === 'create' && key.kind === 'passphrase') process.stdout.write(`${key.passphrase}\n`);
} catch (error) {
  const isUnknown = error instanceof HikyakuError && error.code === 'not-found';
  const text = isUnknown ? `There is no organization ${organization}.` : error instanceof Error ? error.message : error;
  process.stderr.write(`${String(text)}\n`);
  process.exitCode = 1;
}

async function keyFor(command: string | undefined, name: string, argument: string | undefined): Promise<SecretKey> {
  if (command === 'create') {
    const kind = kindOfKey.safeParse(argument ?? 'age');
    if (kind.success) return makeKey(kind.data, name);
  }
  if (command === 'import' && argument) {
    const key = await parseSecretKey(await readFile(argument, 'utf8'));
    if (key) return key;
    throw new Error(
      `There is no key in ${argument} that could be used. An OpenPGP key must not be locked by a passphrase.`,
    );
  }
  throw new Error(usage);
}
