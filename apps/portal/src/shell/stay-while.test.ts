import { expect, test, vi } from 'vitest';
import { signedOutEvent } from '../sign-in/go-to-sign-in.ts';
import { stayWhile } from './stay-while.ts';

test.each([
  ['beforeunload', 0],
  [signedOutEvent, 1],
])('nobody loses what is held to %s', (leaving, told) => {
  let isHolding = true;
  const page = new EventTarget();
  const onSignedOut = vi.fn();
  const end = stayWhile(() => isHolding, page, onSignedOut);
  const leave = () => page.dispatchEvent(new Event(leaving, { cancelable: true }));
  expect(leave()).toBe(false);
  expect(onSignedOut).toHaveBeenCalledTimes(told);
  isHolding = false;
  expect(leave()).toBe(true);
  isHolding = true;
  end();
  expect(leave()).toBe(true);
  expect(onSignedOut).toHaveBeenCalledTimes(told);
});
