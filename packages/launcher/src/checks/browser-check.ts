import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { faultyCitiesFile } from '../demo/cities-file.ts';
import { type Demo, makeDemo } from '../demo/make-demo.ts';
import { readEnvironment } from '../env.ts';
import { repositoryRoot } from '../paths.ts';
import { createProgress } from '../progress.ts';
import { runProgram } from '../run-program.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import type { Check } from './check.ts';
import { testBuildFolder } from './test-build-folder.ts';

const report = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

/** The portal in Debian's Chromium. */
export function browserCheck(portalBuilt: Promise<void>, signal: AbortSignal): Check {
  // This project needs the other, so that both run.
  return playwrightCheck('browser tests', 'pages', portalBuilt, signal, { CLAIM_SECONDS: '5', RETRY_SECONDS: '1' });
}

/** Files of gigabytes through the same browser: minutes, and three times their size on the disk. Tells what it measured. */
export function bigFilesCheck(portalBuilt: Promise<void>, signal: AbortSignal): Check {
  return playwrightCheck('big files', 'big-files', portalBuilt, signal, {});
}

/**
 * Playwright, with everything behind the portal started for this run: own folder, own ports, thrown away afterwards. A
 * flaky or skipped test counts as failed.
 */
function playwrightCheck(
  name: string,
  project: string,
  portalBuilt: Promise<void>,
  signal: AbortSignal,
  workerEnvironment: Record<string, string>,
): Check {
  return {
    name,
    async run() {
      const begin = Date.now();
      const dataFolder = await mkdtemp(join(tmpdir(), 'hikyaku-e2e-'));
      let notes = '';
      try {
        const stack = await startStack({
          env: readEnvironment({ HIKYAKU_DATA_FOLDER: dataFolder, HIKYAKU_PORTAL_BUILD: testBuildFolder }),
          portalPort: 0,
          apiPort: 0,
          progress: createProgress((text) => {
            notes += text;
          }),
          portalBuilt,
          signal,
          workerEnvironment,
          postgresSettings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
        });
        try {
          const { logins } = await makeDemo(stack);
          await putForeignObjects(stack, logins);
          const told = { portalUrl: stack.portalUrl, people: logins, ...storeAndWorker(stack) };
          const { passed, failed, output } = await runPlaywright(dataFolder, project, told);
          const seconds = (Date.now() - begin) / 1_000;
          const measured = output.match(/^measured: .*$/gm) ?? [];
          return { name, passed, failed, seconds, measured, output: failed === 0 ? output : `${notes}\n${output}` };
        } finally {
          await stack.stop();
        }
      } catch (error) {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        return { name, passed: 0, failed: 1, seconds: (Date.now() - begin) / 1_000, output: `${notes}\n${text}` };
      } finally {
        await rm(dataFolder, { recursive: true, force: true });
      }
    },
  };
}

/** Two files that no portal sent: one for a dataset, one that fits nothing. The tests look for both. */
async function putForeignObjects({ account }: Stack, logins: Demo['logins']): Promise<void> {
  const organizationId = logins.find((login) => login.organization === 'aozora')?.organizationId;
  if (!account || !organizationId) throw new Error('the demo runs on embedded parts');
  await account.putObject(`incoming/${organizationId}/cities/nightly/foreign.csv`, faultyCitiesFile());
  await account.putObject('incoming/nobody-knows/stray.csv', 'a,b\n');
}

/** Where the tests look for themselves at what is stored, and at how much memory the worker has. */
function storeAndWorker({ account, apps }: Stack) {
  if (!account) throw new Error('the demo runs on embedded parts');
  const { bucket, region, owner: credentials } = account;
  const store = { bucket, region, credentials, endpoint: account.environment('api')['AWS_ENDPOINT_URL_S3'] };
  return { store, workerPid: apps.find(({ name }) => name === 'ingest-worker')?.pid() };
}

async function runPlaywright(
  folder: string,
  project: string,
  stack: unknown,
): Promise<{ passed: number; failed: number; output: string }> {
  const file = join(folder, 'playwright.json');
  const portal = join(repositoryRoot, 'apps/portal');
  const { exitCode, output } = await runProgram(
    join(portal, 'node_modules/.bin/playwright'),
    ['test', `--project=${project}`, '--reporter=list,json'],
    {
      cwd: portal,
      env: { NO_COLOR: '1', HIKYAKU_E2E: JSON.stringify(stack), PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    },
  );
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return { passed: 0, failed: 1, output };
  const { stats } = report.parse(JSON.parse(text));
  const failed = stats.unexpected + stats.flaky + stats.skipped;
  return { passed: stats.expected, failed: exitCode === 0 ? failed : Math.max(failed, 1), output };
}
