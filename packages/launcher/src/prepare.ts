import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LauncherError } from './launcher-error.ts';
import { repositoryRoot } from './paths.ts';
import { runProgram } from './run-program.ts';

/** Writes Prisma's client from the schema, unless it is that schema's already. Before it, `@hikyaku/db` can't be imported. */
export async function generateDatabaseClient(): Promise<void> {
  const schema = await readFile(join(repositoryRoot, 'packages/db/prisma/schema.prisma'));
  const wanted = createHash('sha256').update(schema).digest('hex');
  const marker = join(repositoryRoot, 'packages/db/src/generated/.schema');
  const found = await readFile(marker, 'utf8').catch(() => undefined);
  if (found === wanted) return;
  const result = await runProgram(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], {
    cwd: join(repositoryRoot, 'packages/db'),
    env: {
      PRISMA_SCHEMA_ENGINE_BINARY:
        process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??
        join(repositoryRoot, 'packages/db/schema-engine/schema-engine.mjs'),
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  });
  if (result.exitCode !== 0)
    throw new LauncherError(`prisma generate ended with ${result.exitCode}:\n${result.output}`);
  await writeFile(marker, wanted);
}

/** Builds the portal for production into `buildFolder` (of `apps/portal`); turbo skips it where nothing it is made of has changed. */
export async function buildPortal(buildFolder: string, signal: AbortSignal): Promise<void> {
  const result = await runProgram('turbo', ['run', 'build', '--filter=@hikyaku/portal', '--output-logs=new-only'], {
    env: { HIKYAKU_PORTAL_BUILD: buildFolder },
    signal,
  });
  if (result.exitCode !== 0) throw new LauncherError(`The portal could not be built:\n${result.output}`);
}
