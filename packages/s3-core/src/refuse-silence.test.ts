import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { refuseSilence } from './refuse-silence.ts';

test('a stream that stops saying anything is given up, and destroyed', async () => {
  const stream = new Readable({ read: () => undefined });
  stream.push(Buffer.from('some'));
  const got: string[] = [];
  const reading = (async () => {
    for await (const chunk of refuseSilence(stream, 0.05)) got.push(Buffer.from(chunk).toString());
  })();
  await expect(reading).rejects.toMatchObject({ code: 'storage-unavailable', retriable: true });
  expect(got).toEqual(['some']);
  expect(stream.destroyed).toBe(true);
});

test('a reader that takes its time is no silence', async () => {
  const stream = Readable.from([Buffer.from('a'), Buffer.from('b')]);
  const got: string[] = [];
  for await (const chunk of refuseSilence(stream, 0.05)) {
    await delay(200);
    got.push(Buffer.from(chunk).toString());
  }
  expect(got).toEqual(['a', 'b']);
});

test('a connection that breaks is storage that is away, not an error of ours', async () => {
  const stream = new Readable({ read: () => undefined });
  stream.destroy(new Error('ECONNRESET'));
  await expect(refuseSilence(stream, 1).next()).rejects.toMatchObject({ code: 'storage-unavailable', retriable: true });
});
