import { buildCommand } from '@stricli/core';
import { valueFlag } from '../../arguments/flags.ts';
import { parseText } from '../../arguments/parse-values.ts';
import type { World } from '../../world.ts';
import { loading } from '../loading.ts';
import type { Say } from '../say.ts';
import type { ReceiptFlags } from './run-receipt.ts';

export const receiptCommand = (say: Say) =>
  buildCommand<ReceiptFlags, [string], World>({
    loader: loading(async () => (await import('./run-receipt.ts')).runReceipt),
    parameters: {
      positional: {
        kind: 'tuple',
        parameters: [{ brief: say({ ja: '送信', en: 'The upload' }), parse: parseText, placeholder: 'UPLOAD_ID' }],
      },
      flags: {
        output: valueFlag(
          say({
            ja: 'ファイルに保存（なければ、または - で標準出力）',
            en: "Into a file; without it, or with '-', to standard output",
          }),
          'FILE',
          parseText,
        ),
      },
      aliases: { o: 'output' },
    },
    docs: {
      brief: say({
        ja: '署名付きの受領証を受け取る',
        en: 'Get the signed receipt of a file that was taken in, or refused',
      }),
    },
  });
