import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const schemaEngine = fileURLToPath(new URL('../schema-engine/schema-engine.mjs', import.meta.url));
const prismaCli = fileURLToPath(new URL('../node_modules/prisma/build/index.js', import.meta.url));

/**
 * Runs `prisma migrate deploy` on the owner's URL. Uses the native schema engine where
 * `PRISMA_SCHEMA_ENGINE_BINARY` names one, else the WebAssembly engine.
 *
 * @throws with Prisma's own output when a migration fails; the database then tells where (`prisma migrate status`).
 */
export async function migrateDatabase(ownerUrl: string): Promise<void> {
  const child = spawn(process.execPath, [prismaCli, 'migrate', 'deploy'], {
    cwd: packageFolder,
    env: {
      PRISMA_SCHEMA_ENGINE_BINARY: schemaEngine,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      ...process.env,
      DATABASE_OWNER_URL: ownerUrl,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (exitCode !== 0) throw new Error(`prisma migrate deploy ended with ${exitCode}\n${output}`);
}
