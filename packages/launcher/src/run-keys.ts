import { join } from 'node:path';
import { LauncherError } from './launcher-error.ts';
import { repositoryRoot } from './paths.ts';
import { runProgram } from './run-program.ts';

/** Where keys are registered, and where their private parts are kept. */
export interface KeyPlaces {
  ownerUrl: string;
  keysFolder: string;
}

/** Runs the worker's command for keys; resolves to what it printed. @throws LauncherError with what it complained of */
export async function runKeys(where: KeyPlaces, args: readonly string[]): Promise<string> {
  const command = join(repositoryRoot, 'apps/ingest-worker/src/keys/main.ts');
  const { exitCode, output } = await runProgram(process.execPath, [command, ...args], {
    env: { DATABASE_OWNER_URL: where.ownerUrl, KEYS_FOLDER: where.keysFolder },
  });
  if (exitCode !== 0) throw new LauncherError(output.trim());
  return output.trim();
}
