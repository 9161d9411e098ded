import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellQuote } from './shell-quote.ts';

test.each(['plain-1.csv', '', "it's", '$(reboot)', '`x`', 'a b\n"c"', '売上.csv', "'''"])(
  '%j stays one word, and nothing in it is run',
  (text) => {
    const script = `value=${shellQuote(text)}; printf %s "$value"`;
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(text);
  },
);
