import { buildCommand } from '@stricli/core';
import { switchFlag, valueFlag } from '../../arguments/flags.ts';
import { parseCount, parseText } from '../../arguments/parse-values.ts';
import { parseS3Address, type S3Address } from '../../arguments/s3-address.ts';
import { storageFlags } from '../../storage/storage-flags.ts';
import type { World } from '../../world.ts';
import { loading } from '../loading.ts';
import type { Say } from '../say.ts';
import type { DoctorFlags } from './run-doctor.ts';

export const doctorCommand = (say: Say) =>
  buildCommand<DoctorFlags, [S3Address?], World>({
    loader: loading(async () => (await import('./run-doctor.ts')).runDoctor),
    parameters: {
      positional: {
        kind: 'tuple',
        parameters: [
          {
            brief: say({
              ja: 'バケットと、確認用のオブジェクトを置く場所（doctor/）',
              en: 'The bucket, and where the probe may be written (doctor/)',
            }),
            parse: parseS3Address,
            placeholder: 's3://bucket/prefix',
            optional: true,
          },
        ],
      },
      flags: {
        ...storageFlags(say),
        kmsKeyId: valueFlag(
          say({ ja: 'この KMS キーで暗号化されるはず', en: 'The key of KMS that objects are to be encrypted with' }),
          'ID',
          parseText,
        ),
        queueUrl: valueFlag(say({ ja: '到着通知の SQS キュー', en: 'The queue of arrivals (SQS)' }), 'URL', parseText),
        timeoutSeconds: valueFlag(
          say({ ja: '確認ひとつあたりの秒数（10）', en: 'Seconds for each check (10)' }),
          'N',
          parseCount,
        ),
        problems: switchFlag(
          say({ ja: 'よくある問題と対処の表を出す', en: 'Show the table of usual problems and cures instead' }),
        ),
        json: switchFlag(say({ ja: '結果をJSONで', en: 'The result as JSON' })),
      },
    },
    docs: {
      brief: say({
        ja: '保管場所までの道のりを、ひとつずつ確かめる',
        en: 'Look at all that stands between here and storage',
      }),
    },
  });
