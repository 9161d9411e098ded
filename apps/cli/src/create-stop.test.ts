import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { createStop } from './create-stop.ts';
import { Stopped } from './exit-code.ts';

test('what a program in between passes on at once is not impatience', () => {
  const exit = vi.fn<(code: number) => void>();
  const stop = createStop(new PassThrough(), exit);
  stop.by('SIGINT');
  stop.by('SIGINT');
  expect(stop.signal.reason).toEqual(new Stopped('SIGINT'));
  expect(exit).not.toHaveBeenCalled();
});

test('who asks again a second later waits no longer', async () => {
  const exit = vi.fn<(code: number) => void>();
  const stop = createStop(new PassThrough(), exit);
  stop.by('SIGINT');
  await delay(1_050);
  stop.by('SIGTERM');
  expect(exit.mock.calls).toEqual([[143]]);
});

test('who reads standard input hears of it, though nothing comes', async () => {
  const stdin = new PassThrough();
  const stop = createStop(stdin, () => undefined);
  const reading = once(stdin, 'data');
  stop.by('SIGHUP');
  await expect(reading).rejects.toEqual(new Stopped('SIGHUP'));
});
