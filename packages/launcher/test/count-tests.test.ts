import { expect, test } from 'vitest';
import { countTests } from '../src/checks/vitest-check.ts';

const report = (fields: object) =>
  JSON.stringify({
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [{ status: 'passed', assertionResults: [{}] }],
    ...fields,
  });

test('passed tests count as passed', () => {
  expect(countTests(report({}))).toEqual({ passed: 3, failed: 0 });
});

test.each([
  ['failed', { numFailedTests: 1 }],
  ['skipped', { numPendingTests: 1 }],
  ['to do', { numTodoTests: 1 }],
  ['in a file that could not even load', { testResults: [{ status: 'failed', assertionResults: [] }] }],
])('a test that is %s counts as failed', (_how, fields) => {
  expect(countTests(report(fields))).toEqual({ passed: 3, failed: 1 });
});
