import { createKey } from './create-key.ts';
import { readEnvironment } from './env.ts';
import { LauncherError } from './launcher-error.ts';
import { ownerUrl } from './owner-url.ts';
import { generateDatabaseClient } from './prepare.ts';

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
