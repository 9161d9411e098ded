import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readPublishedKeys, type TrustedKeys } from '@hikyaku/receipts';
import { CommandFailure } from '../command-failure.ts';
import type { World } from '../world.ts';
import { fetchReceiptKeys } from './fetch-receipt-keys.ts';
import { keptReceiptKeysPath } from './keep-receipt-keys.ts';
import { mayOthersWrite } from './may-others-write.ts';
import { readLocalText } from './read-local-text.ts';

const mostBytes = 1024 * 1024;

/**
 * Whose receipts are believed: what is named, a file or where Hikyaku is, or else what `login` kept. Nothing is asked over the network
 * that wasn't named.
 *
 * @throws CommandFailure no-receipt-keys where `login` kept none, receipt-keys-open where others may have written those, keys-unusable,
 * file-missing, not-a-file, and what `fetchReceiptKeys` throws
 */
export async function findReceiptKeys(world: World, named: string | undefined): Promise<TrustedKeys> {
  if (named !== undefined && /^https?:\/\//i.test(named)) return (await fetchReceiptKeys(world, named)).trusted;
  const path = named ?? (await findKeptKeys(world.environment.configFolder));
  const text = await readLocalText(path, mostBytes);
  const trusted = readPublishedKeys(parse(text ?? ''));
  if (!trusted) throw new CommandFailure('keys-unusable', { from: path });
  return trusted;
}

async function findKeptKeys(configFolder: string): Promise<string> {
  const path = keptReceiptKeysPath(configFolder);
  try {
    await checkPlace(configFolder, path);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && 'syscall' in cause)) throw cause;
    throw cause.code === 'ENOENT'
      ? new CommandFailure('no-receipt-keys')
      : new CommandFailure('file-missing', { path }, { cause });
  }
  return path;
}

/** Folders first: where only the user writes, no other file is put in place of the one that was looked at. */
async function checkPlace(configFolder: string, path: string): Promise<void> {
  const file = await realpath(path);
  // Windows has no such users and bits; its folder for settings is the user's own.
  const user = process.geteuid?.();
  if (user === undefined) return;
  for (const place of new Set([configFolder, dirname(file), file])) {
    if (mayOthersWrite(await stat(place), user)) throw new CommandFailure('receipt-keys-open', { path, place });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
