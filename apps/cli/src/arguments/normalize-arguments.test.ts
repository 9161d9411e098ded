import { expect, test } from 'vitest';
import { normalizeArguments } from './normalize-arguments.ts';

test.each([
  ['a number behind --wait is its seconds', ['put', '--wait', '30', 'a.csv'], ['put', '--wait=30', 'a.csv']],
  ['with a unit or without', ['put', '--wait', '1d', 'a.csv'], ['put', '--wait=1d', 'a.csv']],
  ['what is no number behind --wait is a file', ['put', '--wait', 'a.csv'], ['put', '--wait=600', 'a.csv']],
  ['what stands behind -- is left alone', ['put', '--', '--wait'], ['put', '--', '--wait']],
  ['help is a word for a flag', ['help', 'put'], ['put', '--help']],
  ['version too', ['version'], ['--version']],
])('%s', (_, given, inputs) => expect(normalizeArguments(given)).toEqual({ inputs, language: undefined }));

test.each([[['--lang', 'ja', 'ls', 's3://b']], [['ls', '--lang=ja', 's3://b']]])(
  '%j: the language stands anywhere',
  (given) => {
    expect(normalizeArguments(given)).toEqual({ inputs: ['ls', 's3://b'], language: 'ja' });
  },
);
