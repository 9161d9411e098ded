import { buildCommand } from '@stricli/core';
import { switchFlag, valueFlag } from '../../arguments/flags.ts';
import { parseCount, parseText } from '../../arguments/parse-values.ts';
import { storageFlags } from '../../storage/storage-flags.ts';
import type { World } from '../../world.ts';
import { loading } from '../loading.ts';
import type { Say } from '../say.ts';
import type { CpFlags } from './run-cp.ts';

export const cpCommand = (say: Say) =>
  buildCommand<CpFlags, string[], World>({
    loader: loading(async () => (await import('./run-cp.ts')).runCp),
    parameters: {
      positional: {
        kind: 'array',
        minimum: 2,
        parameter: {
          brief: say({
            ja: 'オブジェクトと受け取るフォルダー、またはファイルと s3://bucket/prefix/',
            en: 'Objects and a folder to bring them into, or files and s3://bucket/prefix/',
          }),
          parse: parseText,
          placeholder: 'FROM',
        },
      },
      flags: {
        ...storageFlags(say),
        recursive: switchFlag(say({ ja: 'この下のすべて', en: 'All that lies below' })),
        keysFrom: valueFlag(
          say({
            ja: '1行にひとつキーを書いたファイル（- は標準入力）。キーは s3://bucket/ の後に続く',
            en: "A file with a key on each line ('-': standard input), to be put behind the address",
          }),
          'FILE',
          parseText,
        ),
        jobs: valueFlag(say({ ja: '同時に運ぶ数（4）', en: 'How many at the same time (4)' }), 'N', parseCount),
        acceptUnverified: switchFlag(
          say({ ja: '照合できるものがなくても受け取る', en: 'Take those there is nothing to compare with' }),
        ),
        onlyIfAbsent: switchFlag(
          say({ ja: '送る：すでにあれば書き込まない', en: 'Up: refuse to write over anything' }),
        ),
        json: switchFlag(say({ ja: '1行にひとつのJSON', en: 'JSON, one result a line' })),
        quiet: switchFlag(say({ ja: '失敗だけを出す', en: 'Tell of failures alone' })),
      },
      aliases: { r: 'recursive', j: 'jobs', q: 'quiet' },
    },
    docs: {
      brief: say({
        ja: '多くを同時に運ぶ。ひとつが失敗しても、ほかは続く',
        en: 'Carry many at the same time, with one result for each',
      }),
    },
  });
