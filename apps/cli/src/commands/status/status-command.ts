import { buildCommand } from '@stricli/core';
import { switchFlag, valueFlag, waitFlag } from '../../arguments/flags.ts';
import { parseCount, parseText } from '../../arguments/parse-values.ts';
import type { World } from '../../world.ts';
import { loading } from '../loading.ts';
import type { Say } from '../say.ts';
import type { StatusFlags } from './run-status.ts';

export const statusCommand = (say: Say) =>
  buildCommand<StatusFlags, [string?], World>({
    loader: loading(async () => (await import('./run-status.ts')).runStatus),
    parameters: {
      positional: {
        kind: 'tuple',
        parameters: [
          {
            brief: say({ ja: 'この送信。なければ最近のもの', en: 'This upload; the latest ones by default' }),
            parse: parseText,
            placeholder: 'UPLOAD_ID',
            optional: true,
          },
        ],
      },
      flags: {
        wait: waitFlag(
          say({ ja: '状態が定まるまで待つ（600秒まで）', en: 'Wait until nothing more will happen (600 seconds)' }),
        ),
        allowRejects: switchFlag(
          say({ ja: '不備のある行があっても終了コード0', en: 'Exit with 0 even where lines were refused' }),
        ),
        dataset: valueFlag(
          say({ ja: '一覧：このデータセットだけ', en: 'Of the list: of this dataset alone' }),
          'NAME',
          parseText,
        ),
        limit: valueFlag(say({ ja: '一覧：件数（20）', en: 'Of the list: how many (20)' }), 'N', parseCount),
        json: switchFlag(say({ ja: '結果をJSONで', en: 'The result as JSON' })),
      },
    },
    docs: { brief: say({ ja: '送ったファイルの状態を見る', en: 'See where what was sent is' }) },
  });
