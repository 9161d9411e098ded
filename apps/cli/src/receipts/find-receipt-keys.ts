import { readPublishedKeys, type TrustedKeys } from '@hikyaku/receipts';
import { CommandFailure } from '../command-failure.ts';
import type { World } from '../world.ts';
import { fetchReceiptKeys } from './fetch-receipt-keys.ts';
import { keptReceiptKeysPath } from './keep-receipt-keys.ts';
import { readLocalText } from './read-local-file.ts';

const mostBytes = 1024 * 1024;

/**
 * Whose receipts are believed: what is named, a file or where Hikyaku is, or else what `login` kept. Nothing is asked over the network
 * that wasn't named.
 *
 * @throws CommandFailure no-receipt-keys where `login` kept none, keys-unusable, file-missing, and what `fetchReceiptKeys` throws
 */
export async function findReceiptKeys(world: World, named: string | undefined): Promise<TrustedKeys> {
  if (named !== undefined && /^https?:\/\//i.test(named)) return (await fetchReceiptKeys(world, named)).trusted;
  const path = named ?? keptReceiptKeysPath(world.environment.configFolder);
  const text = await readLocalText(path, mostBytes).catch((error: unknown) => {
    throw named === undefined ? new CommandFailure('no-receipt-keys') : error;
  });
  const trusted = readPublishedKeys(parse(text ?? ''));
  if (!trusted) throw new CommandFailure('keys-unusable', { from: path });
  return trusted;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
