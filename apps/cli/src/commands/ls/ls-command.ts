import { buildCommand } from '@stricli/core';
import { switchFlag } from '../../arguments/flags.ts';
import { parseS3Address, type S3Address } from '../../arguments/s3-address.ts';
import { storageFlags } from '../../storage/storage-flags.ts';
import type { World } from '../../world.ts';
import { loading } from '../loading.ts';
import type { Say } from '../say.ts';
import type { LsFlags } from './run-ls.ts';

export const lsCommand = (say: Say) =>
  buildCommand<LsFlags, [S3Address], World>({
    loader: loading(async () => (await import('./run-ls.ts')).runLs),
    parameters: {
      positional: {
        kind: 'tuple',
        parameters: [
          {
            brief: say({ ja: 'バケットか、キーの先頭', en: 'A bucket, or what keys begin with' }),
            parse: parseS3Address,
            placeholder: 's3://bucket/prefix',
          },
        ],
      },
      flags: {
        ...storageFlags(say),
        recursive: switchFlag(say({ ja: '/ の先もすべて', en: 'Also what lies behind each /' })),
        summarize: switchFlag(say({ ja: '最後に個数と合計の大きさ', en: 'Count and total size in the end' })),
        json: switchFlag(say({ ja: '1行にひとつのJSON', en: 'JSON, one entry a line' })),
      },
      aliases: { r: 'recursive' },
    },
    docs: { brief: say({ ja: 'オブジェクトを一覧する', en: 'List objects' }) },
  });
