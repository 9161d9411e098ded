import type { ConnectionFinding, ConnectionReason, Locale } from '@hikyaku/types';
import { describe, expect, it } from 'vitest';
import { connectionCheckTexts, connectionReasonTexts } from './connection-texts.ts';
import { describeConnectionFinding } from './describe-connection-finding.ts';

const checks = Object.keys(connectionCheckTexts).filter((check) => isIn(connectionCheckTexts, check));
const reasons = Object.keys(connectionReasonTexts).filter((reason) => isIn(connectionReasonTexts, reason));
const details = {
  host: '12.34',
  seconds: 600,
  direction: 'behind',
  sizeBytes: 16 * 1024 ** 2,
  bytesPerSecond: 100 * 1024,
};
const describeIt = (reason: ConnectionReason, given: ConnectionFinding['details'], locale: Locale) =>
  describeConnectionFinding({ check: 'storage', state: 'fail', reason, certainty: 'likely', details: given }, locale);

describe.each(reasons)('%s', (reason) => {
  it.each([{}, details])('is whole sentences in both languages, with details and without', (given) => {
    const japanese = describeIt(reason, given, 'ja');
    const english = describeIt(reason, given, 'en');
    for (const part of [japanese.cause, japanese.remedy]) {
      expect(part ?? '。').toMatch(/。$/);
      const words = part?.match(/[A-Za-z]+/g) ?? [];
      expect(words.filter((word) => !['VPN', 'CORS', 'PUT', 'MB', 'KB'].includes(word))).toEqual([]);
    }
    for (const part of [english.cause, english.remedy]) {
      expect(part ?? 'A.').toMatch(/^[A-Z].*\.$/);
      expect(part ?? '').not.toMatch(/[ぁ-んァ-ヶ一-龠。、（）]/);
    }
    for (const text of [japanese, english]) {
      expect(Object.values(text).join(' ')).not.toMatch(/undefined|null|NaN|[{}!！]|（）|\(\)/);
    }
  });
});

const guesses = [
  'storage-blocked',
  'storage-silent',
  'cors-missing',
  'put-blocked',
  'put-silent',
  'large-body-cut',
  'large-body-stalled',
  'slow-line',
] as const;

it.each(guesses)('%s is told as probable: a browser sees no more', (reason) => {
  expect(describeIt(reason, details, 'ja').cause).toContain('可能性が高い');
  expect(describeIt(reason, details, 'en').cause).toMatch(/probably|most likely/i);
});

it('names both for a PUT that does not come through: what stops it on the way, and CORS', () => {
  for (const locale of ['ja', 'en'] as const) {
    const { cause, remedy } = describeIt('put-blocked', details, locale);
    for (const text of [cause, remedy]) expect(text).toMatch(/PUT.*CORS/);
  }
});

it('says something else for each reason', () => {
  for (const locale of ['ja', 'en'] as const) {
    expect(new Set(reasons.map((reason) => describeIt(reason, details, locale).cause)).size).toBe(reasons.length);
  }
});

it('tells what is known of a check that is well', () => {
  expect(checks.map((check) => fact(check, {}))).toEqual(checks.map(() => ''));
  expect(fact('storage', { host: 'files.example' })).toBe('files.example');
  expect(fact('large-body', { host: 'files.example', bytesPerSecond: 2 * 1024 ** 2 })).toBe('2 MB/s');
});

it('tells what storage or our server say in their own words', () => {
  const finding = {
    check: 'small-body',
    state: 'fail',
    reason: 'storage-full',
    certainty: 'certain',
    details: {},
  } as const;
  expect(describeConnectionFinding(finding, 'ja').cause).toBe('保管場所の容量の上限に達しています。');
  expect(describeConnectionFinding(finding, 'en').certainty).toBe('Seen to be so');
});

function fact(check: ConnectionFinding['check'], given: ConnectionFinding['details']): string {
  return describeConnectionFinding({ check, state: 'ok', certainty: 'certain', details: given }, 'en').fact;
}

function isIn<Table extends object>(table: Table, name: PropertyKey): name is keyof Table {
  return Object.hasOwn(table, name);
}
