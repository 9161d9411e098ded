import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LocalCloudError } from '@hikyaku/local-cloud';
import { onceStopped } from '@hikyaku/local-cloud/process';
import { claimDataFolder } from './claim-data-folder.ts';
import { ensureDebianPackages, objectStorePackages } from './debian-packages.ts';
import { makeDemo } from './demo/make-demo.ts';
import { readEnvironment } from './env.ts';
import { LauncherError } from './launcher-error.ts';
import { buildPortal, generateDatabaseClient } from './prepare.ts';
import { createProgress } from './progress.ts';
import { startStack } from './stack/start-stack.ts';
import { startedText } from './started-text.ts';

// `npm start`: everything on one machine, until Ctrl-C. `npm run dev` is `npm start -- --watch`.
const stopped = onceStopped();
const failed = new AbortController();
const progress = createProgress();
let portalBuilt: Promise<void> = Promise.resolve();

try {
  const { values } = parseArgs({
    options: { fresh: { type: 'boolean', default: false }, watch: { type: 'boolean', default: false } },
  });
  const env = readEnvironment();
  const dataFolder = env.HIKYAKU_DATA_FOLDER;
  const releaseDataFolder = await claimDataFolder(dataFolder, { fresh: values.fresh });
  if (values.fresh) progress.step(`Begin anew: ${dataFolder} is empty`);
  if (!env.S3_BUCKET) await ensureDebianPackages([objectStorePackages], { mayInstall: !env.HIKYAKU_NO_APT, progress });
  await generateDatabaseClient();
  if (!values.watch) {
    progress.step('building the portal meanwhile');
    portalBuilt = buildPortal(env.HIKYAKU_PORTAL_BUILD, AbortSignal.any([stopped.signal, failed.signal]));
    // Awaited by the stack once the rest runs; a failure before that must not count as unhandled.
    portalBuilt.catch(() => undefined);
  }
  const stack = await startStack({
    env,
    portalPort: env.HIKYAKU_PORTAL_PORT,
    apiPort: env.HIKYAKU_API_PORT,
    progress,
    portalBuilt,
    watch: values.watch,
    signal: stopped.signal,
  });
  try {
    const demo = stack.isEmbedded ? await makeDemo(stack) : undefined;
    process.stdout.write(startedText(stack, demo, join(dataFolder, 'logs')));
    await stopped.promise;
  } finally {
    progress.step('stopping');
    await stack.stop();
    await releaseDataFolder();
    progress.step('stopped; the data is kept');
  }
} catch (error) {
  if (!stopped.signal.aborted) {
    const isForPeople = error instanceof LauncherError || error instanceof LocalCloudError;
    process.stderr.write(`\n${isForPeople ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  }
  // A build that nobody waits for any more must not outlive us.
  failed.abort();
  await portalBuilt.catch(() => undefined);
}
process.exit();
