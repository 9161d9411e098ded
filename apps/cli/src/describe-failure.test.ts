import { HikyakuError } from '@hikyaku/types';
import { expect, test } from 'vitest';
import { CommandFailure, type CommandFailureCode } from './command-failure.ts';
import { describeFailure } from './describe-failure.ts';
import { exitCodeOf, Stopped } from './exit-code.ts';
import { failureTexts } from './texts/failure-texts.ts';

// `Object.keys` knows no more than strings.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const codes = Object.keys(failureTexts) as CommandFailureCode[];

test('every failure has its words in both languages, with details and without', () => {
  for (const code of codes) {
    for (const details of [{}, { path: 'a.csv', input: 'x', url: 'https://h', dataset: 'items', fileName: 'a.csv' }]) {
      const failure = new CommandFailure(code, details);
      expect(describeFailure(failure, 'en').join(' '), code).not.toMatch(/undefined|null|[ぁ-んァ-ヶ一-龠]/);
      expect(describeFailure(failure, 'ja').join(''), code).toMatch(/[ぁ-んァ-ヶ一-龠]/);
      expect(describeFailure(failure, 'ja').join(''), code).not.toMatch(/undefined|null/);
      expect(exitCodeOf(failure), code).toBeGreaterThan(0);
    }
  }
});

test('what storage says is told in words about storage, with what a help desk asks for', () => {
  const error = new HikyakuError('access-denied', { details: { awsCode: 'AccessDenied', requestId: 'tx7' } });
  expect(describeFailure(error, 'en', 'storage').join('\n')).toMatch(/S3 does not allow this.*\[AccessDenied tx7\]$/s);
});

test('names of others do not speak to the terminal', () => {
  const failure = new CommandFailure('file-missing', { path: 'a\u001b[2J\u202e.csv' });
  expect(describeFailure(failure, 'en')[0]).toContain(String.raw`a\u{1b}[2J\u{202e}.csv`);
});

test('who pressed Ctrl-C hears no more than that', () => {
  expect(describeFailure(new Stopped('SIGINT'), 'ja')).toEqual(['中止しました。']);
});
