import { expect, test } from 'vitest';
import { renderProblems, usualProblems } from './usual-problems.ts';

test('every usual problem has its cure, in both languages, once', () => {
  const [english, japanese] = [usualProblems('en'), usualProblems('ja')];
  expect(english.map(({ reason }) => reason)).toEqual(japanese.map(({ reason }) => reason));
  expect(new Set(english.map(({ reason }) => reason)).size).toBe(english.length);
  for (const { problem, cure } of english) expect(problem + cure).not.toMatch(/undefined|null|[ぁ-んァ-ヶ一-龠]/);
  for (const { problem, cure } of japanese) {
    expect(problem).toMatch(/[ぁ-んァ-ヶ一-龠].*。$/);
    expect(cure).toMatch(/[ぁ-んァ-ヶ一-龠]/);
  }
});

test('what nobody can do anything about is no problem', () => {
  const reasons = usualProblems('en').map(({ reason }) => reason);
  expect(reasons).toEqual(expect.arrayContaining(['access-denied', 'clock-skew', 'no-tls', 'queue-refused']));
  expect(reasons).not.toContain('not-on-ec2');
  expect(renderProblems('en').split('\n')).toHaveLength(2 * reasons.length);
});
