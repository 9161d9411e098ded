import { afterEach, describe, expect, test } from 'vitest';
import { startNodeThread } from '../../test/node-thread.ts';
import { rulesWith } from '../../test/reading-rules.ts';
import type { PreflightOptions } from '../preflight-file.ts';
import { type Preflight, type PreflightThread, startPreflight } from './start-preflight.ts';

const header = '伝票番号,店舗名,金額,売上日';
const file = new Blob([`${header}\nx,a,1,\ny,b,1,\n`]);
const large = new Blob([`${header}\n${'1,a,1,\n'.repeat(500_000)}`]);
const options: PreflightOptions = { fileName: 'sales.csv', rules: rulesWith(), scope: 'head' };
/** So that a promise nobody settles fails here and doesn't take the test's time. */
const waiting = 10_000;

let opened: Preflight | undefined;
afterEach(() => opened?.close());

function start(startThread: () => PreflightThread = startNodeThread) {
  const threads: PreflightThread[] = [];
  opened = startPreflight(() => {
    const thread = startThread();
    threads.push(thread);
    return thread;
  });
  return { preflight: opened, threads };
}

describe('in a thread of its own', () => {
  test('a file is looked at as it is without one, and what a caller says is done there', async () => {
    const { preflight } = start();
    expect(await preflight.check(file, options)).toMatchObject({ rows: { read: 2, refused: 2 }, faultCount: 2 });
    const { faults } = await preflight.check(file, { ...options, mostFaults: 1 });
    expect(faults).toHaveLength(1);
    const preview = await preflight.preview(file, options.rules, 'utf-8');
    expect(preview?.rows[0]?.cells).toEqual(['x', 'a', '1', '']);
  });

  test('progress comes over, and a withdrawn question ends with its reason', async () => {
    const { preflight, threads } = start();
    const stop = new AbortController();
    const reason = new Error('not wanted any more');
    const onProgress = () => stop.abort(reason);
    await expect(preflight.check(large, { ...options, scope: 'whole', onProgress, signal: stop.signal })).rejects.toBe(
      reason,
    );
    await preflight.check(file, options);
    expect(threads).toHaveLength(1);
  });

  test('where nobody waits from the beginning nothing is begun, and the promise says so', async () => {
    const { preflight, threads } = start();
    const reason = new Error('too late');
    await expect(preflight.check(file, { ...options, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(threads).toEqual([]);
  });

  test('that never comes is asked for again with the next file', async () => {
    const silent = { postMessage: () => {}, addEventListener: () => {}, terminate: () => {} };
    let started = 0;
    const { preflight, threads } = start(() => (started++ === 0 ? silent : startNodeThread()));
    const tooLong = { ...options, signal: AbortSignal.timeout(20) };
    await expect(preflight.check(file, tooLong)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(await preflight.check(file, options)).toMatchObject({ rows: { read: 2 } });
    expect(threads).toHaveLength(2);
  });

  test('a file that fails ends no thread', async () => {
    const { preflight, threads } = start();
    // What goes over and is no rules.
    const broken = { ...options, rules: { ...options.rules, columns: JSON.parse('null') } };
    await expect(preflight.check(file, broken)).rejects.toThrow('TypeError');
    await preflight.check(file, options);
    expect(threads).toHaveLength(1);
  });

  test('that dies, all who wait are told, and the next question gets another', async () => {
    const scripts = [new URL('./not-there.ts', import.meta.url), undefined];
    const { preflight, threads } = start(() => startNodeThread(scripts.shift()));
    const asked = [preflight.check(file, options), preflight.preview(file, options.rules, 'utf-8')];
    for (const one of await Promise.allSettled(asked)) {
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'network', retriable: true } });
    }
    await preflight.check(file, options);
    expect(threads).toHaveLength(2);
  });

  test(
    'that is closed, nobody waits for ever, before or after',
    async () => {
      const { preflight } = start();
      const asked = [
        preflight.check(large, { ...options, scope: 'whole' }),
        preflight.preview(large, options.rules, 'utf-8'),
      ];
      preflight.close();
      asked.push(preflight.check(file, options));
      for (const one of await Promise.allSettled(asked)) {
        expect(one).toMatchObject({ status: 'rejected', reason: { name: 'AbortError' } });
      }
    },
    waiting,
  );
});
