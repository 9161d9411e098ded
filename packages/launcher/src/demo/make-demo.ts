import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LauncherError } from '../launcher-error.ts';
import { repositoryRoot } from '../paths.ts';
import { runProgram } from '../run-program.ts';
import { findOrCreateSecrets } from '../stack/stack-secrets.ts';
import type { Stack } from '../stack/start-stack.ts';
import { faultyCitiesFile, writeCitiesFile } from './cities-file.ts';
import { makeEncryptedFiles } from './encrypted-files.ts';

const logins = z.array(
  z.object({
    email: z.string(),
    password: z.string(),
    role: z.string(),
    organization: z.string(),
    organizationId: z.uuid(),
  }),
);
type DemoLogins = z.infer<typeof logins>;

export interface Demo {
  /** People made just now; empty when they were made before. */
  logins: DemoLogins;
  filesFolder: string;
}

/** Demo people, dataset and files, where they aren't there yet. */
export async function makeDemo(stack: Stack): Promise<Demo> {
  const filesFolder = join(stack.dataFolder, 'demo-files');
  await mkdir(filesFolder, { recursive: true });
  await writeCitiesFile(join(filesFolder, 'cities.csv'));
  await writeFile(join(filesFolder, 'cities-with-3-bad-lines.csv'), faultyCitiesFile());
  const { authSecret } = await findOrCreateSecrets(stack.dataFolder);
  const result = await runProgram(process.execPath, [join(repositoryRoot, 'apps/api/src/demo/main.ts')], {
    env: {
      DATABASE_OWNER_URL: stack.database.owner,
      DATABASE_URL: stack.database.app,
      AUTH_DATABASE_URL: stack.database.auth,
      AUTH_SECRET: authSecret,
      PORTAL_URL: stack.portalUrl,
    },
  });
  if (result.exitCode !== 0) throw new LauncherError(`The demo people could not be made:\n${result.output}`);
  await makeEncryptedFiles(stack, filesFolder);
  return { logins: logins.parse(JSON.parse(result.output.trim().split('\n').at(-1) ?? '')), filesFolder };
}
