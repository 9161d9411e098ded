import { expect, test } from 'vitest';
import { createDeliverOnce } from './deliver-once.ts';

function countingDelivery(failures = 0) {
  let calls = 0;
  const deliver = () => {
    calls += 1;
    return calls <= failures ? Promise.reject(new Error('refused')) : Promise.resolve();
  };
  return { deliver, calls: () => calls };
}

test('an event pushed twice, even at the same time, is delivered once', async () => {
  const once = createDeliverOnce(10);
  const { deliver, calls } = countingDelivery();
  await Promise.all([once('a', deliver), once('a', deliver)]);
  await once('a', deliver);
  expect(calls()).toBe(1);
  await once('b', deliver);
  expect(calls()).toBe(2);
});

test('a delivery that failed is tried again', async () => {
  const once = createDeliverOnce(10);
  const { deliver, calls } = countingDelivery(1);
  await expect(once('a', deliver)).rejects.toThrow('refused');
  await once('a', deliver);
  expect(calls()).toBe(2);
});

test('its memory is bounded', async () => {
  const once = createDeliverOnce(2);
  const { deliver, calls } = countingDelivery();
  for (const id of ['a', 'b', 'c', 'a']) await once(id, deliver);
  expect(calls()).toBe(4);
});
