import { buildCommand } from '@stricli/core';
import { switchFlag, valueFlag } from '../../arguments/flags.ts';
import { parseText } from '../../arguments/parse-values.ts';
import type { World } from '../../world.ts';
import { loading } from '../loading.ts';
import type { Say } from '../say.ts';
import type { RejectsFlags } from './run-rejects.ts';

export const rejectsCommand = (say: Say) =>
  buildCommand<RejectsFlags, [string], World>({
    loader: loading(async () => (await import('./run-rejects.ts')).runRejects),
    parameters: {
      positional: {
        kind: 'tuple',
        parameters: [{ brief: say({ ja: '送信', en: 'The upload' }), parse: parseText, placeholder: 'UPLOAD_ID' }],
      },
      flags: {
        output: valueFlag(
          say({
            ja: '行を、送られたままの文字コードのファイルに（- は標準出力）',
            en: "The lines as they were sent, into a file ('-': standard output)",
          }),
          'FILE',
          parseText,
        ),
        json: switchFlag(say({ ja: '1行にひとつのJSON', en: 'JSON, one refused line a line' })),
      },
      aliases: { o: 'output' },
    },
    docs: { brief: say({ ja: '取り込まれなかった行と、その理由を見る', en: 'See which lines were refused, and why' }) },
  });
