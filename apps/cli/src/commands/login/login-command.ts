import { buildCommand } from '@stricli/core';
import { valueFlag } from '../../arguments/flags.ts';
import { parseText } from '../../arguments/parse-values.ts';
import type { World } from '../../world.ts';
import { loading } from '../loading.ts';
import type { Say } from '../say.ts';
import type { LoginFlags } from './run-login.ts';

export const loginCommand = (say: Say) =>
  buildCommand<LoginFlags, [], World>({
    loader: loading(async () => (await import('./run-login.ts')).runLogin),
    parameters: {
      flags: {
        url: valueFlag(
          say({ ja: 'Hikyaku のアドレス（HIKYAKU_URL）', en: 'Where Hikyaku is (HIKYAKU_URL)' }),
          'URL',
          parseText,
        ),
      },
    },
    docs: {
      brief: say({
        ja: 'APIトークンを、この利用者だけが読めるように保存する',
        en: 'Keep an API token, for this user alone to read',
      }),
      fullDescription: say({
        ja: 'トークンは画面で尋ねます。画面がなければ標準入力から読みます。引数では受け取りません。',
        en: 'Asks for the token on the terminal, or reads it from standard input where there is none; never from the arguments.',
      }),
    },
  });
