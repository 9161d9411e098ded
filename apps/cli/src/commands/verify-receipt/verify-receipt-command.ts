import { buildCommand } from '@stricli/core';
import { switchFlag, valueFlag } from '../../arguments/flags.ts';
import { parseText } from '../../arguments/parse-values.ts';
import type { World } from '../../world.ts';
import { loading } from '../loading.ts';
import type { Say } from '../say.ts';
import type { VerifyReceiptFlags } from './run-verify-receipt.ts';

export const verifyReceiptCommand = (say: Say) =>
  buildCommand<VerifyReceiptFlags, [string, string?], World>({
    loader: loading(async () => (await import('./run-verify-receipt.ts')).runVerifyReceipt),
    parameters: {
      positional: {
        kind: 'tuple',
        parameters: [
          { brief: say({ ja: '受領証', en: 'The receipt' }), parse: parseText, placeholder: 'RECEIPT' },
          {
            brief: say({
              ja: '受領証と同じ内容かを確かめるファイル',
              en: 'A file, to see whether it is the one of the receipt',
            }),
            parse: parseText,
            placeholder: 'FILE',
            optional: true,
          },
        ],
      },
      flags: {
        keys: valueFlag(
          say({
            ja: '信頼する鍵：保存したファイル、または Hikyaku の URL（なければ、ログイン時に保存した鍵）',
            en: 'Keys to trust: a file, or the URL of Hikyaku; without it those that login kept',
          }),
          'FILE|URL',
          parseText,
        ),
        json: switchFlag(say({ ja: '結果をJSONで', en: 'The result as JSON' })),
      },
    },
    docs: {
      brief: say({
        ja: '受領証が本物で、変更されていないかを確かめる（通信なし）',
        en: 'Check that a receipt is genuine and unchanged, without a network',
      }),
    },
  });
