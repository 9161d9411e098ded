import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { DiskFlush } from './disk-flush.ts';

const failure = Object.assign(new Error('input/output error'), { code: 'EIO' });
const much = 64 * 1024 ** 2;

/** Tells a failure as Linux does: once, to whoever's question ends first, and to nobody after that. */
class Disk {
  asked = 0;
  atOnce = 0;
  mostAtOnce = 0;
  hasLost = false;

  async datasync(): Promise<void> {
    this.asked += 1;
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    await delay(5);
    this.atOnce -= 1;
    const hasLost = this.hasLost;
    this.hasLost = false;
    if (hasLost) throw failure;
  }
  sync(): Promise<void> {
    return this.datasync();
  }
}

test('what the disk refused while nobody waited is told to whoever writes on, and in the end', async () => {
  const disk = new Disk();
  const flush = new DiskFlush(disk);
  disk.hasLost = true;
  flush.written(much);
  await flush.stop();
  expect(flush.hasFailed).toBe(true);
  expect(() => flush.written(1)).toThrow(failure);
  await expect(flush.flush()).rejects.toBe(failure);
  await expect(flush.finish()).rejects.toBe(failure);
  // A disk that is asked again says that all is well.
  expect(disk.asked).toBe(1);
});

test('of several who ask at once none hears that all is well, though the system tells but one', async () => {
  const disk = new Disk();
  const flush = new DiskFlush(disk);
  disk.hasLost = true;
  const told = await Promise.allSettled([flush.flush(), flush.flush(), flush.finish()]);
  expect(told).toEqual(told.map(() => ({ status: 'rejected', reason: failure })));
  expect(disk.mostAtOnce).toBe(1);
});

test('the disk is asked now and then, and not while it answers', async () => {
  const disk = new Disk();
  const flush = new DiskFlush(disk);
  for (let written = 0; written < 4; written += 1) flush.written(much / 2);
  expect(disk.asked).toBeLessThan(2);
  await flush.stop();
  expect(disk.asked).toBe(1);
  flush.written(1);
  await flush.finish();
  expect(disk.asked).toBe(3);
});
