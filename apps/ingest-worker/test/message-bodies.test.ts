import { parseMessage } from '@hikyaku/s3-core/events';
import { expect, test } from 'vitest';
import { classOf, messageBodies } from './message-bodies.ts';

test('whatever a body is, it is taken for what it is, and nothing leaks into objects of ours', () => {
  const seed = Number(process.env['HIKYAKU_SEED'] ?? 20_261_122);
  const cases = Number(process.env['HIKYAKU_MESSAGE_BODIES'] ?? 3_000);
  const seen = new Map<string, number>();
  for (const { body, expected } of messageBodies(seed, cases)) {
    const found = classOf(parseMessage(body));
    if (found !== expected) expect.fail(`seed ${seed}: ${found} instead of ${expected}: ${body.slice(0, 500)}`);
    seen.set(found, (seen.get(found) ?? 0) + 1);
  }
  expect([...seen.keys()].toSorted()).toEqual(['arrival', 'deletion', 'other-event', 'test-event', 'unreadable']);
  expect(Object.keys(Object.prototype)).toEqual([]);
  // Three thousand take a second, a hundred thousand half a minute.
}, 300_000);
