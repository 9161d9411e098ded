import { buildCommand } from '@stricli/core';
import { switchFlag, valueFlag } from '../../arguments/flags.ts';
import { parseCount, parseSha256, parseText } from '../../arguments/parse-values.ts';
import { parseS3Object, type S3Object } from '../../arguments/s3-address.ts';
import { storageFlags } from '../../storage/storage-flags.ts';
import type { World } from '../../world.ts';
import { loading } from '../loading.ts';
import type { Say } from '../say.ts';
import type { GetFlags } from './run-get.ts';

export const getCommand = (say: Say) =>
  buildCommand<GetFlags, [S3Object, string?], World>({
    loader: loading(async () => (await import('./run-get.ts')).runGet),
    parameters: {
      positional: {
        kind: 'tuple',
        parameters: [
          {
            brief: say({ ja: 'オブジェクト', en: 'The object' }),
            parse: parseS3Object,
            placeholder: 's3://bucket/key',
          },
          {
            brief: say({
              ja: 'ファイルかフォルダー。なければ今のフォルダー',
              en: 'A file or a folder; the current one by default',
            }),
            parse: parseText,
            placeholder: 'PATH',
            optional: true,
          },
        ],
      },
      flags: {
        ...storageFlags(say),
        versionId: valueFlag(say({ ja: 'このバージョン', en: 'This version of it' }), 'ID', parseText),
        sha256: valueFlag(
          say({ ja: '中身はこの SHA-256 でなければならない', en: 'What it has to be' }),
          'HEX',
          parseSha256,
        ),
        connections: valueFlag(
          say({ ja: '同時に使う接続の数（4）', en: 'Connections at the same time (4)' }),
          'N',
          parseCount,
        ),
        acceptUnverified: switchFlag(
          say({ ja: '照合できるものがなくても受け取る', en: 'Take it where there is nothing to compare it with' }),
        ),
        json: switchFlag(say({ ja: '結果をJSONで', en: 'The result as JSON' })),
        quiet: switchFlag(say({ ja: '進み具合を出さない', en: 'No progress, no result in words' })),
      },
      aliases: { q: 'quiet' },
    },
    docs: {
      brief: say({
        ja: 'オブジェクトをファイルに受け取る（途中から再開、照合つき）',
        en: 'Bring an object into a file: resumed, verified, all or nothing',
      }),
    },
  });
