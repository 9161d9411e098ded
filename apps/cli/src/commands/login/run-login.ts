import { openApi } from '../../api/open-api.ts';
import { CommandFailure } from '../../command-failure.ts';
import { checkToken } from '../../credentials/check-token.ts';
import { parseServerUrl } from '../../credentials/server-url.ts';
import { writeLogin } from '../../credentials/kept-login.ts';
import { note } from '../../output/print.ts';
import { keepReceiptKeys } from '../../receipts/keep-receipt-keys.ts';
import type { World } from '../../world.ts';
import { askSecret, askText } from './ask.ts';

export interface LoginFlags {
  url?: string;
}

/** Tries the token out before it is kept. It is never shown, and never part of a command line. */
export async function runLogin(world: World, flags: LoginFlags): Promise<void> {
  const { environment, locale } = world;
  const isJapanese = locale === 'ja';
  const given =
    flags.url ?? environment.url ?? (await askText(world, isJapanese ? 'Hikyaku の URL: ' : 'URL of Hikyaku: '));
  if (!given) throw new CommandFailure('no-url');
  const url = parseServerUrl(given, environment);
  const token = await askSecret(world, isJapanese ? 'APIトークン: ' : 'API token: ');
  if (!token) throw new CommandFailure('no-token', { url });
  const login = checkToken({ url, token });
  const api = await openApi(world, { login });
  const reached = await api.listDatasets();
  const path = await writeLogin(environment.configFolder, login);
  const slugs = reached.map(({ slug }) => slug).join(', ');
  note(
    world,
    isJapanese ? `${url} にログインしました。${path} に保存しました。` : `Logged in to ${url}; kept in ${path}.`,
  );
  if (slugs) note(world, isJapanese ? `送れるデータセット：${slugs}` : `Datasets to send to: ${slugs}`);
  await keepReceiptKeys(world, url);
}
