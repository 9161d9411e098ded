import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { testBuildFolder } from '../src/checks/test-build-folder.ts';
import { faultyCitiesFile } from '../src/demo/cities-file.ts';
import { makeDemo } from '../src/demo/make-demo.ts';
import { readEnvironment } from '../src/env.ts';
import { buildPortal } from '../src/prepare.ts';
import { createProgress } from '../src/progress.ts';
import { startStack } from '../src/stack/start-stack.ts';

export type BenchPortal = Awaited<ReturnType<typeof openBenchPortal>>;

/** More than a page of the list has. */
const filesInList = 60;
const answerOfList = z.object({ items: z.array(z.object({ state: z.string() })) });
const goingStates = ['sending', 'received', 'waiting', 'taking_in'];

/** Everything as `npm start` has it, with files of an organization, and a session of its uploader. */
export async function openBenchPortal(signal: AbortSignal) {
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-bench-portal-'));
  const portalBuilt = buildPortal(testBuildFolder, signal);
  portalBuilt.catch(() => undefined);
  try {
    const stack = await startStack({
      env: readEnvironment({ HIKYAKU_DATA_FOLDER: folder, HIKYAKU_PORTAL_BUILD: testBuildFolder }),
      portalPort: 0,
      apiPort: 0,
      progress: createProgress(() => undefined),
      portalBuilt,
      signal,
    });
    const close = async () => {
      await stack.stop();
      await rm(folder, { recursive: true, force: true });
    };
    try {
      const { logins } = await makeDemo(stack);
      const uploader = logins.find(({ role }) => role === 'uploader');
      const apiPid = stack.apps.find(({ name }) => name === 'api')?.pid();
      if (!uploader || !stack.account || apiPid === undefined) throw new Error('the bench needs the embedded parts');
      const cookie = await signIn(stack, uploader);
      const call = procedureCaller(stack, cookie);
      for (let number = 1; number <= filesInList; number += 1) {
        const key = `incoming/${uploader.organizationId}/cities/都市一覧 ${number}.csv`;
        await stack.account.putObject(key, `${faultyCitiesFile()}${number},Tokyo,JP,40,,35.6,139.7\n`);
      }
      await untilTakenIn(call);
      return { folder, portalUrl: stack.portalUrl, apiPid, cookie, call, close };
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function signIn(
  { apiUrl, portalUrl }: { apiUrl: string; portalUrl: string },
  { email, password }: { email: string; password: string },
): Promise<string> {
  const answer = await fetch(`${apiUrl}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: portalUrl },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`signing in answered ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.replace(/;.*/, ''))
    .join('; ');
}

export type CallProcedure = <T>(
  kind: 'query' | 'mutation',
  path: string,
  input: unknown,
  output: z.ZodType<T>,
) => Promise<T>;

/** Calls the api itself, as the portal's pages do. */
function procedureCaller({ apiUrl, portalUrl }: { apiUrl: string; portalUrl: string }, cookie: string): CallProcedure {
  return async (kind, path, input, output) => {
    const json = JSON.stringify({ json: input });
    const url = `${apiUrl}/api/trpc/${path}`;
    const headers = { cookie, origin: portalUrl, 'content-type': 'application/json' };
    const answer =
      kind === 'query'
        ? await fetch(`${url}?input=${encodeURIComponent(json)}`, { headers })
        : await fetch(url, { method: 'POST', headers, body: json });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
    const envelope = z.object({ result: z.object({ data: z.object({ json: output }) }) });
    return envelope.parse(JSON.parse(text)).result.data.json;
  };
}

/** A worker that is still busy would share the cores with what is measured. */
async function untilTakenIn(call: CallProcedure): Promise<void> {
  const deadline = Date.now() + 300_000;
  while (Date.now() < deadline) {
    const { items } = await call('query', 'files.list', { limit: 50 }, answerOfList);
    if (items.length === 50 && items.every(({ state }) => !goingStates.includes(state))) return;
    await delay(500);
  }
  throw new Error('the files were not taken in within five minutes');
}
