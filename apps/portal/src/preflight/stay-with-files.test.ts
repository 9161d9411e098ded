import { expect, test } from 'vitest';
import { signedOutEvent } from '../sign-in/go-to-sign-in.ts';
import type { PreflightSnapshot } from './held-file.ts';
import { stayWithFiles } from './stay-with-files.ts';

const empty: PreflightSnapshot = { held: [], passed: [], many: null };
const looking: PreflightSnapshot = { ...empty, many: { looked: 3, total: 30 } };

test.each(['beforeunload', signedOutEvent])('nobody loses what is held to %s', (leaving) => {
  let snapshot = looking;
  const page = new EventTarget();
  const end = stayWithFiles({ getSnapshot: () => snapshot }, page);
  const leave = () => page.dispatchEvent(new Event(leaving, { cancelable: true }));
  expect(leave()).toBe(false);
  snapshot = empty;
  expect(leave()).toBe(true);
  snapshot = looking;
  end();
  expect(leave()).toBe(true);
});
