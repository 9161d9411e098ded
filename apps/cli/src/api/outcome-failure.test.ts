import { expect, test } from 'vitest';
import { uploadAnswer } from '../../test/upload-answer.ts';
import type { UploadAnswer } from './answers.ts';
import { outcomeFailure } from './outcome-failure.ts';

const counts = { read: 3, inserted: 3, updated: 0, unchanged: 0, repeated: 0, rejected: 0, deleted: 0 };
const upload = uploadAnswer({ state: 'taken_in', isSettled: true, counts });

test.each<[Partial<UploadAnswer>, string | undefined]>([
  [{}, undefined],
  [{ state: 'stored', counts: null }, undefined],
  [{ state: 'already_taken_in' }, undefined],
  [{ state: 'newer_kept' }, undefined],
  [{ counts: { ...counts, rejected: 1 } }, 'lines-refused'],
  [{ state: 'refused' }, 'not-taken-in'],
  [{ state: 'quarantined' }, 'not-taken-in'],
  [{ state: 'failed' }, 'not-taken-in'],
  [{ state: 'of a newer server' }, 'not-taken-in'],
  [{ state: 'cancelled' }, 'upload-ended'],
  [{ state: 'expired' }, 'upload-ended'],
  [{ state: 'taking_in', isSettled: false }, 'not-yet'],
])('%j is %s', (changes, code) => expect(outcomeFailure({ ...upload, ...changes }, {})?.code).toBe(code));

test('refused lines may be allowed, a refused file may not', () => {
  const allowed = { allowRejects: true };
  expect(outcomeFailure({ ...upload, counts: { ...counts, rejected: 1 } }, allowed)).toBeUndefined();
  expect(outcomeFailure({ ...upload, state: 'refused' }, allowed)?.code).toBe('not-taken-in');
});
