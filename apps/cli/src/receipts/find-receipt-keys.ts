import { stat } from 'node:fs/promises';
import { readPublishedKeys, type TrustedKeys } from '@hikyaku/receipts';
import { CommandFailure } from '../command-failure.ts';
import type { World } from '../world.ts';
import { fetchReceiptKeys } from './fetch-receipt-keys.ts';
import { keptReceiptKeysPath } from './keep-receipt-keys.ts';
import { readLocalText } from './read-local-text.ts';

const mostBytes = 1024 * 1024;
const othersMayWrite = 0o022;

/**
 * Whose receipts are believed: what is named, a file or where Hikyaku is, or else what `login` kept. Nothing is asked over the network
 * that wasn't named.
 *
 * @throws CommandFailure no-receipt-keys where `login` kept none, receipt-keys-open where others may have written them, keys-unusable,
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
  const found = await stat(path).catch((cause: unknown) => {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw isMissing ? new CommandFailure('no-receipt-keys') : new CommandFailure('file-missing', { path }, { cause });
  });
  // Windows has no such bits; its folder for settings is the user's own.
  if (process.platform !== 'win32' && (found.mode & othersMayWrite) !== 0) {
    throw new CommandFailure('receipt-keys-open', { path });
  }
  return path;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
