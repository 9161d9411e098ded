import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LocalCloudError } from '@hikyaku/local-cloud';
import { ensureDebianPackages, objectStorePackages } from './debian-packages.ts';
import { makeDemo } from './demo/make-demo.ts';
import { readEnvironment } from './env.ts';
import { LauncherError } from './launcher-error.ts';
import { onceStopped } from './once-stopped.ts';
import { buildPortal, generateDatabaseClient } from './prepare.ts';
import { createProgress } from './progress.ts';
import { startStack } from './stack/start-stack.ts';
import { startedText } from './started-text.ts';

// `npm start`: everything on one machine, until Ctrl-C.
const stopped = onceStopped();
const progress = createProgress();

try {
  const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false } } });
  const env = readEnvironment();
  const dataFolder = env.HIKYAKU_DATA_FOLDER;
  if (values.fresh) {
    await rm(dataFolder, { recursive: true, force: true });
    progress.step(`Begin anew: ${dataFolder} is empty`);
  }
  if (!env.S3_BUCKET) await ensureDebianPackages([objectStorePackages], { mayInstall: !env.HIKYAKU_NO_APT, progress });
  await generateDatabaseClient();
  progress.step('building the portal meanwhile');
  const portalBuilt = buildPortal(stopped.signal);
  // Awaited by the stack once the rest runs; a failure before that must not count as unhandled.
  portalBuilt.catch(() => undefined);
  const stack = await startStack({
    env,
    portalPort: env.HIKYAKU_PORTAL_PORT,
    apiPort: env.HIKYAKU_API_PORT,
    progress,
    portalBuilt,
    signal: stopped.signal,
  });
  try {
    const demo = stack.isEmbedded ? await makeDemo(stack) : undefined;
    process.stdout.write(startedText(stack, demo, join(dataFolder, 'logs')));
    await stopped.promise;
  } finally {
    progress.step('stopping');
    await stack.stop();
    progress.step('stopped; the data is kept');
  }
} catch (error) {
  if (!stopped.signal.aborted) {
    const isForPeople = error instanceof LauncherError || error instanceof LocalCloudError;
    process.stderr.write(`\n${isForPeople ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  }
}
process.exit();
