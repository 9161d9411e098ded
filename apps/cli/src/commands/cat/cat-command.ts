import { buildCommand } from '@stricli/core';
import { valueFlag } from '../../arguments/flags.ts';
import { parseText } from '../../arguments/parse-values.ts';
import { parseS3Object, type S3Object } from '../../arguments/s3-address.ts';
import { storageFlags } from '../../storage/storage-flags.ts';
import type { World } from '../../world.ts';
import { loading } from '../loading.ts';
import type { Say } from '../say.ts';
import type { CatFlags } from './run-cat.ts';

export const catCommand = (say: Say) =>
  buildCommand<CatFlags, [S3Object], World>({
    loader: loading(async () => (await import('./run-cat.ts')).runCat),
    parameters: {
      positional: {
        kind: 'tuple',
        parameters: [
          {
            brief: say({ ja: 'オブジェクト', en: 'The object' }),
            parse: parseS3Object,
            placeholder: 's3://bucket/key',
          },
        ],
      },
      flags: {
        ...storageFlags(say),
        versionId: valueFlag(say({ ja: 'このバージョン', en: 'This version of it' }), 'ID', parseText),
      },
    },
    docs: {
      brief: say({ ja: 'オブジェクトの中身を標準出力に書く', en: 'Write what an object holds to standard output' }),
    },
  });
