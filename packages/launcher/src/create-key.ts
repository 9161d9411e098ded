import { join } from 'node:path';
import { LauncherError } from './launcher-error.ts';
import { repositoryRoot } from './paths.ts';
import { runProgram } from './run-program.ts';

/** Runs the worker's command that makes a key for an organization; resolves to the public part. */
export async function createKey(
  where: { ownerUrl: string; keysFolder: string },
  organization: string,
): Promise<string> {
  const command = join(repositoryRoot, 'apps/ingest-worker/src/keys/main.ts');
  const { exitCode, output } = await runProgram(process.execPath, [command, 'create', organization], {
    env: { DATABASE_OWNER_URL: where.ownerUrl, KEYS_FOLDER: where.keysFolder },
  });
  if (exitCode !== 0) throw new LauncherError(output.trim());
  return output.trim();
}
