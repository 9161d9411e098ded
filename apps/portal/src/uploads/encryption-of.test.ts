import { describe, expect, it } from 'vitest';
import { encryptionModeOf, howToSend } from './encryption-of.ts';

const recipients = ['age1'];
const csv = { format: 'csv' } as const;

describe('encryption in the browser', () => {
  it.each([
    ['optional', [], false, 'none'],
    ['optional', [], true, 'lost'],
    ['optional', recipients, false, 'offered'],
    ['optional', recipients, true, 'offered'],
    ['required', recipients, false, 'required'],
    ['required', [], false, 'impossible'],
    ['required', [], true, 'impossible'],
  ] as const)('of a dataset where it is %s, for %j, wanted: %s, is %s', (encryption, keys, isWanted, mode) => {
    expect(encryptionModeOf({ encryption }, keys, isWanted)).toBe(mode);
  });

  it.each([
    ['required', false, true],
    ['required', true, true],
    ['offered', true, true],
    ['offered', false, false],
    ['impossible', true, false],
    ['none', true, false],
  ] as const)('that is %s and wanted: %s is done: %s', (mode, isWanted, isDone) => {
    expect(howToSend('a.csv', csv, { mode, isWanted, recipients })).toEqual(isDone ? { recipients } : {});
  });

  it('is not done twice', () => {
    for (const name of ['a.csv.age', 'a.csv.gz.GPG', 'a.zip.pgp']) {
      expect(howToSend(name, csv, { mode: 'required', isWanted: true, recipients })).toEqual({});
    }
    expect(howToSend('a.age.csv', csv, { mode: 'required', isWanted: true, recipients })).toEqual({ recipients });
  });
});
