import { join } from 'node:path';
import { writeWhole } from '../output/write-whole.ts';
import type { World } from '../world.ts';
import { fetchReceiptKeys } from './fetch-receipt-keys.ts';

export function keptReceiptKeysPath(configFolder: string): string {
  return join(configFolder, 'receipt-keys.json');
}

/** Keeps a server's public keys, so that its receipts can be checked without it. Nothing is kept of a server that has none. */
export async function keepReceiptKeys(world: World, server: string): Promise<void> {
  const found = await fetchReceiptKeys(world, server).catch(() => undefined);
  world.signal.throwIfAborted();
  if (!found) return;
  const text = `${JSON.stringify(found.published, undefined, 2)}\n`;
  await writeWhole(keptReceiptKeysPath(world.environment.configFolder), [text], world.signal);
}
