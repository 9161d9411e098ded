import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type LocalCloud, startLocalCloud } from '@hikyaku/local-cloud';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  createIngestQueue,
  type IngestPayload,
  type IngestQueue,
  type IngestWorker,
  startIngestWorker,
} from '../src/index.ts';

const ignore = () => undefined;
const job = (): IngestPayload => ({ arrivalId: randomUUID(), claimEpoch: '0' });

/** What both backends must do for the ledger to stand on them. */
describe.each(['postgres', 'redis'] as const)('a queue on %s', (part) => {
  let dataFolder: string;
  let cloud: LocalCloud;
  let url: string;
  let queue: IngestQueue;
  const workers: IngestWorker[] = [];

  beforeEach(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'hikyaku-jobs-'));
    cloud = await startLocalCloud({ dataFolder, parts: new Set([part]) });
    url = cloud.redis?.url ?? (await cloud.createDatabase('jobs'));
    queue = createIngestQueue({ url }, ignore);
    return async () => {
      await Promise.all(workers.splice(0).map((worker) => worker.close()));
      await queue.close();
      await cloud.stop({ discard: true });
      await rm(dataFolder, { recursive: true, force: true });
    };
  });

  const startWorker = async (handle: (payload: IngestPayload) => Promise<void>, concurrency = 1) => {
    const worker = await startIngestWorker({ connection: { url }, concurrency, handle, onError: ignore });
    workers.push(worker);
    return worker;
  };

  test('hands out a job that was added twice once, and again when it was added after it ended', async () => {
    const handled: IngestPayload[] = [];
    const payload = job();
    await queue.enqueue(payload);
    await queue.enqueue(payload);
    await startWorker(async (one) => void handled.push(one));
    await expect.poll(() => handled).toEqual([payload]);
    await delay(300);
    expect(handled).toEqual([payload]);
    await queue.enqueue(payload);
    await expect.poll(() => handled).toEqual([payload, payload]);
  });

  test('runs as many jobs at a time as it was told', async () => {
    let running = 0;
    let most = 0;
    let ended = 0;
    for (let index = 0; index < 9; index += 1) await queue.enqueue(job());
    await startWorker(async () => {
      running += 1;
      most = Math.max(most, running);
      await delay(50);
      running -= 1;
      ended += 1;
    }, 3);
    await expect.poll(() => ended, { timeout: 10_000 }).toBe(9);
    expect(most).toBe(3);
  });

  test('a job that fails is gone: when to try again is the ledger’s to say', async () => {
    let tries = 0;
    const payload = job();
    await queue.enqueue(payload);
    await startWorker(async () => {
      tries += 1;
      if (tries === 1) throw new Error('broken');
    });
    await expect.poll(() => tries).toBe(1);
    await delay(300);
    expect(tries).toBe(1);
    await queue.enqueue(payload);
    await expect.poll(() => tries).toBe(2);
  });

  test('closing waits for the job that runs and takes no other', async () => {
    let ended = 0;
    await queue.enqueue(job());
    await queue.enqueue(job());
    let begun: () => void = ignore;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const worker = await startWorker(async () => {
      begun();
      await delay(300);
      ended += 1;
    });
    await hasBegun;
    await worker.close();
    expect(ended).toBe(1);
  });

  test('adding fails soon while the queue is away, and goes on when it is back', async () => {
    await queue.enqueue(job());
    await cloud.stopPart(part);
    const begin = Date.now();
    await expect(queue.enqueue(job())).rejects.toThrow();
    expect(Date.now() - begin).toBeLessThan(5_000);
    await cloud.startPart(part);
    await expect
      .poll(
        () =>
          queue.enqueue(job()).then(
            () => 'added',
            () => 'away',
          ),
        { timeout: 10_000 },
      )
      .toBe('added');
  });
});
