import { describe, expect, it } from 'vitest';
import en from './messages/en.json' with { type: 'json' };
import ja from './messages/ja.json' with { type: 'json' };

function flatten(messages: object, path = ''): [key: string, text: unknown][] {
  return Object.entries(messages).flatMap(([key, value]: [string, unknown]): [string, unknown][] =>
    typeof value === 'object' && value !== null ? flatten(value, `${path}${key}.`) : [[`${path}${key}`, value]],
  );
}

function keys(messages: object): string[] {
  return flatten(messages)
    .map(([key]) => key)
    .toSorted();
}

function placeholdersOf(text: unknown): string[] {
  return [...new Set(String(text).match(/\{\w+/g))].toSorted();
}

describe('the messages of the portal', () => {
  it('have the same keys in both languages', () => {
    expect(keys(en)).toEqual(keys(ja));
  });

  it.each([...flatten(ja), ...flatten(en)])('%s is not empty', (_key, text) => {
    expect(String(text).trim()).not.toBe('');
  });

  it('name the same values in both languages', () => {
    const english = new Map(flatten(en));
    for (const [key, text] of flatten(ja))
      expect([key, placeholdersOf(english.get(key))]).toEqual([key, placeholdersOf(text)]);
  });

  it('carry no exclamation mark', () => {
    expect(flatten({ ja, en }).filter(([, text]) => /[!！]/.test(String(text)))).toEqual([]);
  });
});
