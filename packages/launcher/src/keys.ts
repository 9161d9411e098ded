import { join } from 'node:path';
import { readCloudState } from '@hikyaku/local-cloud';
import { createKey } from './create-key.ts';
import { type LauncherEnvironment, readEnvironment } from './env.ts';
import { LauncherError } from './launcher-error.ts';
import { generateDatabaseClient } from './prepare.ts';
import { findOrCreateSecrets } from './stack/stack-secrets.ts';
import { databaseName } from './stack/start-stack.ts';

// `npm run keys -- create <organization>`: a new key for encrypted files, while `npm start` runs or on a database of your own.
const [command, organization] = process.argv.slice(2);
try {
  if (command !== 'create' || !organization) {
    throw new LauncherError('Usage: npm run keys -- create <organization, by its short name or id>');
  }
  const env = readEnvironment();
  await generateDatabaseClient();
  const publicKey = await createKey({ ownerUrl: await ownerUrl(env), keysFolder: env.keysFolder }, organization);
  process.stdout.write(`${publicKey}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof LauncherError ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function ownerUrl(env: LauncherEnvironment): Promise<string> {
  if (env.DATABASE_OWNER_URL) return env.DATABASE_OWNER_URL;
  const dataFolder = env.HIKYAKU_DATA_FOLDER;
  const state = await readCloudState(join(dataFolder, 'local-cloud'));
  const address = state?.parts.find((part) => part.name === 'postgres' && part.state === 'running')?.address;
  if (!address) throw new LauncherError('PostgreSQL does not run: start it with npm start, or set DATABASE_OWNER_URL.');
  const { databasePasswords } = await findOrCreateSecrets(dataFolder);
  // Imported here: the client it needs is generated just before.
  const { databaseUrls } = await import('@hikyaku/db');
  return databaseUrls(address, databaseName, databasePasswords).owner;
}
