import {
  arrivalState,
  columnType,
  errorCode,
  type ErrorCode,
  type ErrorDetails,
  fileErrorCode,
  fileState,
  ingestRunState,
  type Locale,
  locale,
  organizationRole,
  rejectCode,
  requestErrorCode,
  storageErrorCode,
  uploadState,
} from '@hikyaku/types';
import { describe, expect, it } from 'vitest';
import {
  columnTypeText,
  describeError,
  describeFileError,
  describeReject,
  describeRejectReason,
  describeStorageError,
  type ErrorText,
  fileStateText,
  fileStateTone,
  roleText,
  timelineText,
} from './index.ts';

// The names that the API, the datasets and the ingest give.
const details = {
  attempts: 5,
  awsCode: '99999',
  bucket: '売上',
  columns: '金額, 日付',
  damage: 'truncated',
  dataset: '売上',
  email: '飛脚',
  endings: '拡張子',
  expected: 6,
  expectedBy: 'dataset',
  fileName: '売上',
  field: '名前',
  found: 7,
  key: '売上',
  keyId: '0123456789012345',
  kind: 'passphrase',
  limit: 1_000,
  limitBytes: 5 * 1024 ** 3,
  lineNumber: 12_345,
  maxLength: 40,
  minimum: 12,
  missing: '秘密鍵',
  method: '削除',
  partNumber: 7,
  path: '売上',
  problem: 'malformed',
  publicKey: 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj',
  region: '東京',
  rejected: 1_500,
  requestId: '99',
  retryAfterSeconds: 90,
  scope: '送信',
  sheet: '表紙',
  sheets: '明細',
  sizeBytes: 6 * 1024 ** 3,
  status: 403,
  storageCode: '拒否',
};
const words = [
  'awsCode',
  'bucket',
  'columns',
  'damage',
  'dataset',
  'email',
  'endings',
  'expectedBy',
  'field',
  'fileName',
  'key',
  'keyId',
  'kind',
  'method',
  'missing',
  'path',
  'problem',
  'publicKey',
  'region',
  'requestId',
  'scope',
  'sheet',
  'sheets',
  'status',
  'storageCode',
];
const wrongKinds = Object.fromEntries(Object.keys(details).map((name) => [name, words.includes(name) ? '\n' : 'x']));
type Given = { details?: ErrorDetails };

const parts = (text: ErrorText) => [text.whatHappened, text.whatBecameOfFile, text.whatToDo];
const whole = (text: ErrorText) => parts(text).filter(Boolean).join(' ');

/** Every text there is, by what it belongs to. */
function everyText(language: Locale): Record<string, string[]> {
  return {
    requestErrors: requestErrorCode.options.map((code) => whole(describeError({ code }, language))),
    requestErrorsWithDetails: errorCode.options.map((code) => whole(describeError({ code, details }, language))),
    fileErrors: fileErrorCode.options.map((code) => whole(describeFileError({ code }, language))),
    fileErrorsWithDetails: fileErrorCode.options.map((code) => whole(describeFileError({ code, details }, language))),
    storageErrors: storageErrorCode.options.map((code) => whole(describeStorageError({ code }, language))),
    storageErrorsWithDetails: storageErrorCode.options.map((code) =>
      whole(describeStorageError({ code, details }, language)),
    ),
    rejects: rejectCode.options.map((code) => describeRejectReason({ code }, language)),
    rejectsWithDetails: rejectCode.options.map((code) =>
      describeReject({ code, details, column: '金額', value: '千円', lineNumber: 3 }, language),
    ),
    fileStates: [
      ...fileState.options.map((state) => fileStateText(state, language)),
      fileStateText('newer_kept', language, { causeCode: 'object-superseded' }),
    ],
    uploadSteps: uploadState.options.map((state) => timelineText({ subject: 'upload', state }, language)),
    arrivalSteps: arrivalState.options.map((state) => timelineText({ subject: 'arrival', state }, language)),
    runSteps: ingestRunState.options.map((state) => timelineText({ subject: 'run', state }, language)),
    roles: organizationRole.options.map((role) => roleText(role, language)),
    columnTypes: columnType.options.map((type) => columnTypeText(type, language)),
  };
}

describe.each(locale.options)('every text in %s', (language) => {
  describe.each(Object.entries(everyText(language)))('%s', (name, texts) => {
    it('says something', () => {
      for (const text of texts) expect(text.trim()).not.toBe('');
    });

    it('says something else for each code', () => {
      // A code that both a request and a file can have stands twice among all codes.
      const expected = name === 'requestErrorsWithDetails' ? errorCode.options.filter(isFirst).length : texts.length;
      expect(new Set(texts).size).toBe(expected);
    });

    it('leaves no gap of an interpolation', () => {
      for (const text of texts) expect(text).not.toMatch(/undefined|null|NaN|[{}]|\[object| {2}|（）|\(\)|『』|''/);
    });

    it('does not raise its voice', () => {
      for (const text of texts) expect(text).not.toMatch(/[!！]/);
    });
  });
});

const allowedInJapanese = [
  'API',
  'age',
  'minisig',
  'gzip',
  'PGP',
  'age1',
  'unujwj',
  'CSV',
  'JSON',
  'ZIP',
  'xlsx',
  'UTF-8',
  'Excel',
  'NUL',
  'GB',
];

describe.each(Object.entries(everyText('ja')))('Japanese %s', (_, texts) => {
  it('holds no English beyond names of formats', () => {
    const english = texts.flatMap((text) => text.match(/[A-Za-z][\w-]*/g) ?? []);
    expect(english.filter((word) => !allowedInJapanese.includes(word))).toEqual([]);
  });

  it('holds no mark of an English sentence', () => {
    for (const text of texts) expect(text).not.toMatch(/[()?;]|[.,](?!\d)(?!age）)(?! 日付)/);
  });
});

describe.each(Object.entries(everyText('en')).filter(([name]) => !name.endsWith('WithDetails')))(
  'English %s',
  (_, texts) => {
    it('holds no Japanese', () => {
      for (const text of texts) expect(text).not.toMatch(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}。、（）]/u);
    });
  },
);

const errorsOf = {
  request: errorCode.options.map((code) => [code, (given: Given, l: Locale) => describeError({ code, ...given }, l)]),
  file: fileErrorCode.options.map((code) => [
    code,
    (given: Given, l: Locale) => describeFileError({ code, ...given }, l),
  ]),
  storage: storageErrorCode.options.map((code) => [
    code,
    (given: Given, l: Locale) => describeStorageError({ code, ...given }, l),
  ]),
} satisfies Record<string, [ErrorCode, (given: Given, language: Locale) => ErrorText][]>;

describe.each(Object.entries(errorsOf))('an error of a %s', (_, errors) => {
  it.each(errors)('%s: each part is one or more whole sentences', (_code, describeIt) => {
    for (const given of [{}, { details }]) {
      for (const part of parts(describeIt(given, 'ja'))) expect(part ?? '。').toMatch(/。$/);
      for (const part of parts(describeIt(given, 'en'))) expect(part ?? 'A.').toMatch(/^[A-Z].*\.$/s);
    }
  });

  it.each(errors)('%s: details of the wrong kind are left out', (_code, describeIt) => {
    for (const language of locale.options)
      expect(whole(describeIt({ details: wrongKinds }, language))).toBe(whole(describeIt({}, language)));
  });
});

describe('an error of a file', () => {
  it.each(fileErrorCode.options)('%s always says what became of the file', (code) => {
    for (const language of locale.options)
      expect(describeFileError({ code }, language).whatBecameOfFile).not.toBeNull();
  });

  it.each(fileErrorCode.options.filter((code) => isRequestCode(code)))(
    '%s reads differently for a request and for a file',
    (code) => {
      for (const language of locale.options)
        expect(describeError({ code }, language)).not.toEqual(describeFileError({ code }, language));
    },
  );
});

describe('details', () => {
  it('tells limits in units a person reads', () => {
    const error = { code: 'file-too-large' as const, details };
    expect(describeError(error, 'ja').whatHappened).toBe('ファイルが大きすぎます（6 GB、上限 5 GB）。');
    expect(describeError(error, 'en').whatHappened).toBe('The file is too large (6 GB; the limit is 5 GB).');
  });

  it('names the columns that are missing', () => {
    const cause = { code: 'missing-columns' as const, details: { columns: '金額, 日付' } };
    expect(describeFileError(cause, 'ja').whatHappened).toBe('必要な列『金額, 日付』が見つかりませんでした。');
    expect(describeFileError(cause, 'en').whatHappened).toBe('Required columns are missing: 金額, 日付.');
  });
});

describe('a reject', () => {
  const amount = { lineNumber: 3, column: '金額', code: 'not-number' as const, value: '１，２００円', details: {} };

  it('is told with line, column and value', () => {
    expect(describeReject(amount, 'ja')).toBe('3行目の『金額』が数値ではありません（値: １，２００円）。');
    expect(describeReject({ ...amount, column: 'amount' }, 'en')).toBe(
      "Line 3: 'amount' is not a number (value: １，２００円).",
    );
  });

  it('is told without its line, and without what stands in cells of its own', () => {
    expect(describeRejectReason(amount, 'ja')).toBe('『金額』が数値ではありません（値: １，２００円）。');
    expect(describeRejectReason({ code: 'not-number' }, 'ja')).toBe('値が数値ではありません。');
    expect(describeRejectReason({ code: 'not-number' }, 'en')).toBe('The value is not a number.');
  });

  it('is told of a whole line', () => {
    const line = { lineNumber: 1_234, column: null, code: 'wrong-column-count' as const, value: null };
    const counts = { expected: 5, found: 4 };
    expect(describeReject({ ...line, details: counts }, 'ja')).toBe(
      '1,234行目は、列の数が見出しと一致しません（見出し 5列、この行 4列）。',
    );
    expect(describeReject({ ...line, value: '1,2', details: {} }, 'ja')).toBe(
      '1,234行目は、列の数が見出しと一致しません（行の内容: 1,2）。',
    );
    expect(describeReject({ ...line, details: {} }, 'en')).toBe(
      'Line 1,234: the line does not have as many columns as the header.',
    );
    expect(describeRejectReason({ code: 'invalid-encoding' }, 'ja')).toBe(
      'この行に、ファイルの文字コードとして読めない文字が含まれています。',
    );
  });

  it('keeps a cell with line breaks and direction marks on one line', () => {
    const text = describeReject({ ...amount, value: 'a\r\nb\u202Ec\0' }, 'en');
    expect(text).toBe("Line 3: '金額' is not a number (value: a b c).");
  });
});

describe('a file state', () => {
  it('tells how many lines were refused, and only then', () => {
    expect(fileStateText('taken_in', 'ja', { rejectedRows: 3 })).toBe('取り込み済み（不備 3 行）');
    expect(fileStateText('taken_in', 'en', { rejectedRows: 1 })).toBe('Taken in, 1 line refused');
    expect(fileStateText('taken_in', 'en', { rejectedRows: 1_200 })).toBe('Taken in, 1,200 lines refused');
    expect(fileStateText('taken_in', 'en', { rejectedRows: 0 })).toBe('Taken in');
    expect(fileStateText('refused', 'en', { rejectedRows: 9 })).toBe('Refused');
  });

  it('tells what it waits for', () => {
    expect(fileStateText('waiting', 'ja', { waitingReason: '検査中' })).toBe('待機中（検査中）');
    expect(fileStateText('waiting', 'en', { waitingReason: 'scan' })).toBe('Waiting (scan)');
  });

  it('says of a file that another took the place of that it was replaced, not that something newer was kept', () => {
    const replaced = { causeCode: 'object-superseded' };
    expect(fileStateText('newer_kept', 'ja', replaced)).toBe('取り込み前に置き換え');
    expect(fileStateText('newer_kept', 'en', replaced)).toBe('Replaced before it was taken in');
    expect(fileStateText('newer_kept', 'en')).toBe('Newer version kept');
    expect(fileStateText('refused', 'en', { causeCode: 'too-many-rejects' })).toBe('Refused');
  });

  it('asks a person to act only where somebody has to', () => {
    expect(fileState.options.filter((state) => fileStateTone(state) === 'act')).toEqual([
      'refused',
      'quarantined',
      'failed',
    ]);
  });
});

describe('a step of the timeline', () => {
  it('counts the attempts from the second on', () => {
    const claimed = { subject: 'run', state: 'claimed' } as const;
    expect(timelineText({ ...claimed, attempt: 1 }, 'ja')).toBe('取り込みを始めました');
    expect(timelineText({ ...claimed, attempt: 2 }, 'ja')).toBe('取り込みを始めました（2回目）');
    expect(timelineText({ ...claimed, attempt: 2 }, 'en')).toBe('Taking in began (attempt 2)');
  });
});

function isRequestCode(code: ErrorCode): boolean {
  return requestErrorCode.safeParse(code).success;
}

function isFirst(code: ErrorCode, index: number, all: readonly ErrorCode[]): boolean {
  return all.indexOf(code) === index;
}
