import { resolve } from 'node:path';
import { readEnvironment } from './env.ts';
import { LauncherError } from './launcher-error.ts';
import { ownerUrl } from './owner-url.ts';
import { generateDatabaseClient } from './prepare.ts';
import { runKeys } from './run-keys.ts';

const usage = `Usage: npm run keys -- create <organization, by its short name or id> [age|openpgp|passphrase]
       npm run keys -- import <organization> <file with a private key>`;

// A new key for encrypted files, or one that partners have already, while `npm start` runs or on a database of your own.
const [command, organization, argument] = process.argv.slice(2);
try {
  if ((command !== 'create' && command !== 'import') || !organization) throw new LauncherError(usage);
  const env = readEnvironment();
  await generateDatabaseClient();
  const where = { ownerUrl: await ownerUrl(env), keysFolder: env.keysFolder };
  const file = command === 'import' && argument ? resolve(argument) : argument;
  const output = await runKeys(where, [command, organization, ...(file ? [file] : [])]);
  if (output) process.stdout.write(`${output}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof LauncherError ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
