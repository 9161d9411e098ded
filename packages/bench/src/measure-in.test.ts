import { expect, test } from 'vitest';
import { measureIn } from './measure-in.ts';

const never = new Promise<never>(() => undefined);

function opening(meanwhile: () => void = () => undefined) {
  const told: string[] = [];
  const open = async () => {
    told.push('opened');
    meanwhile();
    return { close: async () => void told.push('closed') };
  };
  return { told, open };
}

test('what was opened is closed when it is measured, and when something went wrong', async () => {
  const { told, open } = opening();
  const { signal } = new AbortController();
  await measureIn(open, async () => void told.push('measured'), signal);
  await expect(measureIn(open, () => Promise.reject(new Error('3 rows differ')), signal)).rejects.toThrow('3 rows');
  expect(told).toEqual(['opened', 'measured', 'closed', 'opened', 'closed']);
});

test('interrupted, it closes what is open and waits for no measurement', async () => {
  const { told, open } = opening();
  const controller = new AbortController();
  const measured = measureIn(open, () => never, controller.signal);
  setImmediate(() => controller.abort(new Error('enough')));
  await expect(measured).rejects.toThrow('enough');
  expect(told).toEqual(['opened', 'closed']);
});

test('interrupted before or while it opens, it measures nothing', async () => {
  const controller = new AbortController();
  const { told, open } = opening(() => controller.abort(new Error('enough')));
  const measure = async () => void told.push('measured');
  await expect(measureIn(open, measure, controller.signal)).rejects.toThrow('enough');
  await expect(measureIn(open, measure, controller.signal)).rejects.toThrow('enough');
  expect(told).toEqual(['opened', 'closed']);
});
