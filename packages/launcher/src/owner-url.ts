import { join } from 'node:path';
import { readCloudState } from '@hikyaku/local-cloud';
import type { LauncherEnvironment } from './env.ts';
import { LauncherError } from './launcher-error.ts';
import { findOrCreateSecrets } from './stack/stack-secrets.ts';
import { databaseName } from './stack/start-stack.ts';

/** The owner's URL of the database: the one that is set, or that of the embedded part, which has to run. */
export async function ownerUrl(env: LauncherEnvironment): Promise<string> {
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
