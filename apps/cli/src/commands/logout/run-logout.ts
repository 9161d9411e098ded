import { deleteLogin, loginPath } from '../../credentials/kept-login.ts';
import { note } from '../../output/print.ts';
import type { World } from '../../world.ts';

/** The token still works for whoever has it elsewhere: only the portal revokes it. */
export async function runLogout(world: World): Promise<void> {
  const { configFolder } = world.environment;
  const isJapanese = world.locale === 'ja';
  if (!(await deleteLogin(configFolder))) {
    note(world, isJapanese ? '保存されたトークンはありません。' : 'No token was kept.');
    return;
  }
  note(
    world,
    isJapanese
      ? `${loginPath(configFolder)} を消しました。トークン自体は、ポータルで取り消すまで有効です。`
      : `Deleted ${loginPath(configFolder)}. The token itself works until it is revoked in the portal.`,
  );
}
