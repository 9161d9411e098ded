import { buildCommand } from '@stricli/core';
import { switchFlag, valueFlag } from '../../arguments/flags.ts';
import { parseBytes, parseSeconds, parseText } from '../../arguments/parse-values.ts';
import { parseS3Address, type S3Address } from '../../arguments/s3-address.ts';
import { storageFlags } from '../../storage/storage-flags.ts';
import type { World } from '../../world.ts';
import { loading } from '../loading.ts';
import type { Say } from '../say.ts';
import type { PresignFlags } from './run-presign.ts';

export const presignCommand = (say: Say) =>
  buildCommand<PresignFlags, [S3Address], World>({
    loader: loading(async () => (await import('./run-presign.ts')).runPresign),
    parameters: {
      positional: {
        kind: 'tuple',
        parameters: [
          {
            brief: say({
              ja: 'オブジェクト。--from では {yyyy}{MM}{dd} を含むキーの先頭',
              en: 'The object; with --from what keys begin with, with {yyyy}, {MM} and {dd} in it',
            }),
            parse: parseS3Address,
            placeholder: 's3://bucket/key',
          },
        ],
      },
      flags: {
        ...storageFlags(say),
        expiresIn: valueFlag(
          say({ ja: '有効な長さ：90、15m、1h、7d（1h）', en: 'How long it lives: 90, 15m, 1h, 7d (1h)' }),
          'TIME',
          parseSeconds,
        ),
        put: switchFlag(say({ ja: '1回だけ書き込めるURL', en: 'For writing once instead of reading' })),
        sizeBytes: valueFlag(
          say({ ja: '--put：書き込むちょうどのバイト数', en: '--put: exactly so many bytes' }),
          'N',
          parseBytes,
        ),
        contentType: valueFlag(say({ ja: '中身の種類', en: 'What type it is' }), 'TYPE', parseText),
        fileName: valueFlag(
          say({ ja: 'ブラウザーが保存するときの名前', en: 'The name a browser saves it by' }),
          'NAME',
          parseText,
        ),
        versionId: valueFlag(say({ ja: 'このバージョン', en: 'This version of it' }), 'ID', parseText),
        from: valueFlag(
          say({ ja: 'この日からの、すべてのオブジェクト', en: 'All objects from this day on' }),
          'YYYY-MM-DD',
          parseText,
        ),
        to: valueFlag(
          say({ ja: 'この日まで（--from の日）', en: 'Up to this day (that of --from)' }),
          'YYYY-MM-DD',
          parseText,
        ),
        json: switchFlag(
          say({ ja: '期限などもJSONで。1行にひとつ', en: 'JSON, one a line, with when it ends and why' }),
        ),
      },
    },
    docs: {
      brief: say({
        ja: 'アカウントのない人のための署名付きURLを作る',
        en: 'Make signed URLs for people without an account',
      }),
    },
  });
