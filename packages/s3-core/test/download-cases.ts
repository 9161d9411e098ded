import { fork } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type FaultProxy,
  type HttpEffect,
  openFaultProxy,
  type SeededRandom,
  seededRandom,
} from '@hikyaku/local-cloud/fault-proxy';
import { HikyakuError } from '@hikyaku/types';
import { type DownloadedObject, downloadObject } from '../src/download/index.ts';
import type { DownloadOrder } from './downloading-process.ts';
import { clientFor } from './client-for.ts';
import type { TestBucket } from './test-bucket.ts';

const downloadingProcess = fileURLToPath(new URL('downloading-process.ts', import.meta.url));
const kinds = [
  'killed',
  'aborted',
  'reset',
  'closed',
  'corrupt',
  'killed-twice',
  'silent',
  'ignores-ranges',
  'short',
  'long',
  'wrong-range',
] as const;
/** What a fault may end with that isn't made good. */
const endings: Partial<Record<(typeof kinds)[number], readonly (string | undefined)[]>> = {
  corrupt: ['checksum-mismatch'],
  'ignores-ranges': ['unexpected-answer'],
  // Its end is not waited for where another connection has taken that over.
  short: ['unexpected-answer', undefined],
  long: ['unexpected-answer', undefined],
  'wrong-range': ['unexpected-answer'],
};
/** Slow enough that a random byte is met. */
const bytesPerSecond = 3 * 1024 ** 2;

interface Scene {
  bucket: TestBucket;
  proxy: FaultProxy;
  random: SeededRandom;
  key: string;
  body: Buffer;
  folder: string;
  target: string;
  rangeBytes: number;
  connections: number;
  /** Short only where silence is the fault: a busy machine is silent, too. */
  silenceSeconds: number;
}

/**
 * One download that is killed or damaged at a byte that the seed chooses, and the run after it. What it did wrong is returned
 * in words: a wrong file under its final name, more than one range of each connection fetched again, something left behind.
 */
export async function playDownloadCase(
  bucket: TestBucket,
  object: { key: string; body: Buffer },
  seed: number,
): Promise<{ kind: string; violations: string[] }> {
  const random = seededRandom(seed);
  const kind = kinds[seed % kinds.length] ?? 'killed';
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-download-case-'));
  const proxy = await openFaultProxy({ target: { host: bucket.host, port: bucket.port }, http: true, seed });
  const scene: Scene = {
    ...object,
    bucket,
    proxy,
    random,
    folder,
    target: join(folder, 'target'),
    rangeBytes: random.integer(20_000, 300_000),
    connections: random.integer(1, 6),
    silenceSeconds: kind === 'silent' ? 1 : 20,
  };
  try {
    return { kind: `${kind}, seed ${seed}`, violations: await play(scene, kind) };
  } finally {
    await proxy.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function play(scene: Scene, kind: (typeof kinds)[number]): Promise<string[]> {
  const { random, body, proxy } = scene;
  const at = random.integer(1, body.length - 1);
  if (kind === 'killed') return [...(await killAt(scene, at)), ...(await goOn(scene, at))];
  if (kind === 'killed-twice') {
    const later = random.integer(at, body.length - 1);
    return [...(await killAt(scene, at)), ...(await killAt(scene, later)), ...(await goOn(scene, later))];
  }
  if (kind === 'aborted') return [...(await abortAt(scene, at)), ...(await goOn(scene, at))];
  const rangeCount = Math.ceil(body.length / scene.rangeBytes);
  // The last one may be short: what happens within it happens in every range.
  const inRange = random.integer(0, body.length - (rangeCount - 1) * scene.rangeBytes - 1);
  const effects: Record<Exclude<typeof kind, 'killed' | 'killed-twice' | 'aborted'>, HttpEffect> = {
    reset: { kind: 'reset', afterBytes: inRange },
    closed: { kind: 'close', afterBytes: inRange },
    silent: { kind: 'stall', afterBytes: inRange },
    corrupt: { kind: 'corrupt-byte', at: inRange },
    'ignores-ranges': { kind: 'ignore-range' },
    short: { kind: 'resize', byBytes: -random.integer(1, inRange + 1), isTold: random.fraction() < 0.5 },
    long: { kind: 'resize', byBytes: random.integer(1, 100_000), isTold: random.fraction() < 0.5 },
    'wrong-range': { kind: 'shift-range', byBytes: random.integer(1, body.length) },
  };
  // Each connection begins with a fair share of the ranges.
  const nth = random.integer(1, Math.ceil(rangeCount / Math.ceil(rangeCount / scene.connections)));
  proxy.setHttp([{ method: 'GET', effect: effects[kind], nth }]);
  const ended = await run(scene);
  const expected = endings[kind] ?? [undefined];
  const violations = await lookAt(scene, ended === undefined);
  if (!expected.includes(ended)) violations.push(`ended with ${ended}, and not with ${expected.join(' or ')}`);
  proxy.heal();
  return [...violations, ...(await goOn(scene, 0))];
}

/** The code it ended with; undefined of a success. */
async function run(scene: Scene): Promise<string | undefined> {
  try {
    await start(scene);
    return undefined;
  } catch (error) {
    return error instanceof HikyakuError ? error.code : String(error);
  }
}

async function start(
  { bucket, proxy, key, target, rangeBytes, connections, silenceSeconds }: Scene,
  signal?: { signal: AbortSignal; onProgress: (progress: { receivedBytes: number }) => void },
): Promise<DownloadedObject> {
  const s3 = clientFor(bucket.access(proxy.port));
  try {
    const options = { rangeBytes, connections, silenceSeconds, ...signal };
    return await downloadObject(s3, { bucket: bucket.bucket, key }, target, options);
  } finally {
    s3.destroy();
  }
}

async function killAt(scene: Scene, bytes: number): Promise<string[]> {
  const { bucket, proxy, key, target, rangeBytes, connections } = scene;
  const access = bucket.access(proxy.port);
  const order: DownloadOrder = { access, bucket: bucket.bucket, key, target, rangeBytes, connections };
  proxy.setWire({ bytesPerSecond });
  const child = fork(downloadingProcess, [JSON.stringify(order)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const exited = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  child.on('message', (received) => {
    if (Number(received) >= bytes) child.kill('SIGKILL');
  });
  const signal = await exited;
  proxy.heal();
  return lookAt(scene, signal === null);
}

async function abortAt(scene: Scene, bytes: number): Promise<string[]> {
  const controller = new AbortController();
  scene.proxy.setWire({ bytesPerSecond });
  const onProgress = ({ receivedBytes }: { receivedBytes: number }) => {
    if (receivedBytes >= bytes) controller.abort(new Error('aborted'));
  };
  await start(scene, { signal: controller.signal, onProgress }).catch(() => undefined);
  scene.proxy.heal();
  return lookAt(scene, !controller.signal.aborted);
}

/** Under the final name there is the object, or nothing. */
async function lookAt({ target, body }: Scene, isDone: boolean): Promise<string[]> {
  const found = await readFile(target).catch(() => undefined);
  if (found && !found.equals(body)) return ['A WRONG FILE UNDER ITS FINAL NAME'];
  return isDone && !found ? ['said to be done, and there is no file'] : [];
}

async function goOn(scene: Scene, receivedBefore: number): Promise<string[]> {
  const { body, rangeBytes, connections, folder, target } = scene;
  const isDone = (await readdir(folder)).includes('target');
  const { fetchedBytes, resumedBytes } = await start(scene);
  const violations = await lookAt(scene, true);
  if (fetchedBytes + resumedBytes !== body.length) violations.push(`${fetchedBytes} and ${resumedBytes} are not all`);
  const allowed = body.length - receivedBefore + connections * rangeBytes;
  if (!isDone && fetchedBytes > allowed) violations.push(`${fetchedBytes} fetched where ${allowed} should do`);
  const left = (await readdir(folder)).filter((name) => join(folder, name) !== target);
  if (left.length > 0) violations.push(`left behind: ${left.join(', ')}`);
  return violations;
}
