import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { signalAfter } from './signal-after.ts';

test.each(['before', 'after'])('aborted so much later, for the same reason, where the other is so %s', async (when) => {
  const controller = new AbortController();
  if (when === 'before') controller.abort('enough');
  const later = signalAfter(controller.signal, 30);
  controller.abort('enough');
  expect(later.aborted).toBe(false);
  await once(later, 'abort');
  expect(later.reason).toBe('enough');
});

test('without the other it is never aborted', async () => {
  const later = signalAfter(new AbortController().signal, 1);
  await delay(20);
  expect(later.aborted).toBe(false);
});
