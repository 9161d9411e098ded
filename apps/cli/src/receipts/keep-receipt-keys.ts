import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readPublishedKeys } from '@hikyaku/receipts';
import { describeFailure } from '../describe-failure.ts';
import { note } from '../output/print.ts';
import { writeWhole } from '../output/write-whole.ts';
import type { World } from '../world.ts';
import { fetchReceiptKeys } from './fetch-receipt-keys.ts';
import { readLocalText } from './read-local-text.ts';

const onlyUser = 0o600;
const mostBytes = 1024 * 1024;

const unkept = {
  ja: '受領証を確かめるための鍵は保存できませんでした。',
  en: 'The keys to check receipts with were not kept.',
};
/** In place of all but the first line of the reason: those are about a file on its way. */
const whatToDo = {
  ja: 'ログインは完了しています。受領証の確認（verify-receipt）には、あとで hikyaku login をもう一度実行するか、--keys で鍵を指定してください。',
  en: 'The login is complete. To check receipts (verify-receipt), run hikyaku login again later, or name the keys with --keys.',
};

export function keptReceiptKeysPath(configFolder: string): string {
  return join(configFolder, 'receipt-keys.json');
}

/**
 * Keeps a server's public keys, so that its receipts can be checked without it. Where they can't be had or kept that is told, and is no
 * failure of the login; those of another server don't stay in their place.
 */
export async function keepReceiptKeys(world: World, server: string): Promise<void> {
  const path = keptReceiptKeysPath(world.environment.configFolder);
  try {
    const { published } = await fetchReceiptKeys(world, server);
    await writeWhole(path, [`${JSON.stringify(published, undefined, 2)}\n`], world.signal, { mode: onlyUser });
  } catch (error) {
    world.signal.throwIfAborted();
    const [reason = ''] = describeFailure(error, world.locale);
    for (const line of [unkept[world.locale], reason, whatToDo[world.locale]]) note(world, line);
    if ((await issuerOfKept(path)) !== server) await rm(path, { force: true }).catch(() => undefined);
  }
}

async function issuerOfKept(path: string): Promise<string | undefined> {
  try {
    return readPublishedKeys(JSON.parse((await readLocalText(path, mostBytes)) ?? ''))?.issuer;
  } catch {
    return undefined;
  }
}
