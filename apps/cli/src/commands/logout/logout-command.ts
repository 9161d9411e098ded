import { buildCommand } from '@stricli/core';
import type { World } from '../../world.ts';
import { loading } from '../loading.ts';
import type { Say } from '../say.ts';

export const logoutCommand = (say: Say) =>
  buildCommand<object, [], World>({
    loader: loading(async () => (await import('./run-logout.ts')).runLogout),
    parameters: {},
    docs: { brief: say({ ja: '保存したAPIトークンを消す', en: 'Delete the API token that login kept' }) },
  });
