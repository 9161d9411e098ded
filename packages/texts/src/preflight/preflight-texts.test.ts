import { type CellHint, locale, type PreflightFinding } from '@hikyaku/types';
import { describe, expect, it } from 'vitest';
import { describePreflightFinding, describePreflightHint, encodingText } from './index.ts';
import { refusalTexts } from './refusal-texts.ts';

const findings: PreflightFinding[] = [
  { code: 'file-refused', level: 'refused', cause: { code: 'not-utf8', details: {} } },
  {
    code: 'file-refused',
    level: 'refused',
    cause: { code: 'other-format', details: { found: 'png', expected: 'csv' } },
  },
  ...Object.keys(refusalTexts)
    .filter((code) => isIn(refusalTexts, code))
    .map((code) => ({ code: 'file-refused', level: 'refused', cause: { code, details: {} } }) as const),
  { code: 'missing-column', level: 'refused', column: '40', suggestion: '41' },
  { code: 'missing-column', level: 'refused', column: '40', suggestion: null },
  { code: 'too-many-rejects', level: 'refused', refused: 3, limit: 0 },
  { code: 'too-many-rejects', level: 'refused', refused: 2_000, limit: 1_000 },
  { code: 'rows-refused', level: 'refused', refused: 3, read: 1_200, isWhole: true },
  { code: 'rows-refused', level: 'refused', refused: 3, read: 1_200, isWhole: false },
  { code: 'encoding-mismatch', level: 'advice', readAs: 'utf-8', looksLike: 'euc-jp' },
  { code: 'delimiter-mismatch', level: 'advice', expected: ',', found: '\t' },
  { code: 'unknown-column', level: 'advice', cell: '40', suggestion: '41' },
  { code: 'ignored-columns', level: 'note', cells: ['40', '41'] },
  { code: 'repeated-keys', level: 'advice', rows: 1, isComplete: true },
  { code: 'repeated-keys', level: 'advice', rows: 20, isComplete: false },
  { code: 'not-looked-into', level: 'note', form: 'encrypted' },
  { code: 'not-looked-into', level: 'note', form: 'signed' },
  { code: 'not-looked-into', level: 'note', form: 'xlsx' },
  { code: 'not-looked-into', level: 'note', form: 'zip' },
  { code: 'not-looked-into', level: 'note', form: 'gzip-unreadable' },
];
const hints: CellHint[] = ['full-width', 'thousands-separators', 'unit', 'spaces', 'japanese-era', 'kanji-date'];

function isIn<Table extends object>(table: Table, name: PropertyKey): name is keyof Table {
  return Object.hasOwn(table, name);
}

describe('what pre-flight found', () => {
  it.each(findings)('$code is told in whole sentences, each in one language', (finding) => {
    const isList = finding.code === 'ignored-columns';
    for (const language of locale.options) {
      const { what, remedy } = describePreflightFinding(finding, language);
      for (const text of [what, remedy].filter((part) => part !== null)) {
        if (!isList) expect(text).toMatch(language === 'ja' ? /。$/ : /\.$/);
        if (language === 'en') expect(text).not.toMatch(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}。、（）]/u);
        expect(text).not.toMatch(/undefined|null|NaN|!/);
      }
    }
  });

  it.each(findings)('$code is told of a file that nobody has sent yet', (finding) => {
    for (const language of locale.options) {
      const text = Object.values(describePreflightFinding(finding, language)).join(' ');
      expect(text).not.toMatch(/届|もう一度送|送り直|送信元|再実行|保管|差し戻されました|取り込まれませんでした/);
      expect(text).not.toMatch(
        /arriv|again and send|send (it|the file) again|the sender|kept|was not taken|will be refused/i,
      );
    }
  });

  it('tells how many lines of how many', () => {
    const finding = { code: 'rows-refused', level: 'refused', refused: 3, read: 1_200 } as const;
    expect(describePreflightFinding({ ...finding, isWhole: false }, 'ja').what).toBe(
      '先頭の1,200行のうち3行に不備があり、その行は取り込まれません。',
    );
    expect(describePreflightFinding({ ...finding, isWhole: true }, 'en').what).toBe(
      'Of all 1,200 lines, 3 would be refused.',
    );
  });

  it.each(hints)('%s tells how to write the cell', (code) => {
    for (const language of locale.options) {
      expect(describePreflightHint({ code, instead: '1200' }, language)).toContain('1200');
    }
  });

  it('calls encodings by what people know', () => {
    expect(encodingText('cp932', 'ja')).toBe('シフトJIS（Windows）');
  });
});
