import { type DoctorFinding, doctorCheck, doctorReason, storageErrorCode } from '@hikyaku/types';
import { expect, test } from 'vitest';
import { renderFindings } from './render-findings.ts';
import { summarize } from './summarize.ts';

const findings: DoctorFinding[] = [
  { check: 'credentials', state: 'ok', details: { kind: 'temporary' }, milliseconds: 1 },
  { check: 'clock', state: 'warn', reason: 'clock-off', details: { seconds: 125 }, milliseconds: 1 },
  { check: 'write', state: 'fail', reason: 'access-denied', details: { requestId: 'tx7' }, milliseconds: 1 },
  { check: 'read', state: 'skipped', reason: 'stands-on-broken', details: {}, milliseconds: 0 },
];

test('a line for each check, cause and remedy below it, the sum at the end', () => {
  const english = renderFindings(findings, 'en').split('\n');
  expect(english[0]).toBe('✓ Credentials: temporary');
  expect(english[1]).toBe('! Clock');
  expect(english[2]).toMatch(
    /^ {4}This machine's clock is 2 min 5 s off\. Beyond 15 minutes every request is refused\.$/,
  );
  expect(english[3]).toMatch(/^ {4}Switch time synchronization on/);
  expect(english.at(-2)).toBe('1 of 3 are well (1 warning, 1 failed).');
  expect(renderFindings(findings, 'ja')).toContain('3件中1件が正常です（注意 1、異常 1）。');
});

test('only a failure is one for a script', () => {
  expect(summarize(findings)).toEqual({ ok: 1, warn: 1, fail: 1, skipped: 1, looked: 3, exitCode: 1 });
  expect(summarize(findings.slice(0, 2)).exitCode).toBe(0);
});

test('every reason of every check has its words in both languages, with details and without', () => {
  for (const check of doctorCheck.options) {
    for (const reason of [...doctorReason.options, ...storageErrorCode.options]) {
      for (const details of [
        {},
        { key: 'doctor/x', seconds: 90, host: 'h', awsCode: 'C', validTo: 'soon', encryption: 'none' },
      ]) {
        const finding: DoctorFinding = { check, state: 'fail', reason, details, milliseconds: 1 };
        expect(renderFindings([finding], 'en')).not.toMatch(/undefined|null|[ぁ-んァ-ヶ一-龠]/);
        expect(renderFindings([finding], 'ja')).toMatch(/[ぁ-んァ-ヶ一-龠].*\n {4}.*[ぁ-んァ-ヶ一-龠]/);
        expect(renderFindings([finding], 'ja')).not.toMatch(/undefined|null/);
      }
    }
  }
});
