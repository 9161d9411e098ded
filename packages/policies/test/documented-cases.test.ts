import { describe, expect, test } from 'vitest';
import { compileAccess, decide, explain } from '../src/index.ts';
import { documentedCases as cases, type Outcome, pages } from '../src/testing/index.ts';

const outcomes: readonly Outcome[] = ['Allowed', 'ExplicitlyDenied', 'ImplicitlyDenied'];
const subjects = [...new Set(cases.map(({ subject }) => subject))];

describe.each(subjects)('%s', (subject) => {
  test.each(cases.filter((one) => one.subject === subject))(
    '$what: $outcome ($page: $sentence)',
    ({ policies, request, outcome }) => {
      const access = compileAccess(policies);
      expect(decide(access, request).outcome).toBe(outcome);
      expect(explain(access, request).decision.outcome).toBe(outcome);
    },
  );
});

test('there are at least 600 cases, no two of them the same', () => {
  expect(new Set(cases.map((one) => JSON.stringify(one))).size).toBe(cases.length);
  expect(cases.length).toBeGreaterThanOrEqual(600);
});

test.each(subjects)('%s comes to every outcome', (subject) => {
  const found = new Set(cases.filter((one) => one.subject === subject).map(({ outcome }) => outcome));
  expect(outcomes.filter((outcome) => !found.has(outcome))).toEqual([]);
});

test('each case quotes a page of AWS, and no page is listed in vain', () => {
  expect(new Set(cases.map(({ page }) => page))).toEqual(new Set(Object.keys(pages)));
  for (const url of Object.values(pages)) expect(url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/.+\.html$/);
});
