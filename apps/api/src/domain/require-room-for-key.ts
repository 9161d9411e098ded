import { countKeysInUse } from '@hikyaku/db';
import { HikyakuError } from '@hikyaku/types';

/** Each is written into the header of every file. */
const mostKeysInUse = 20;

type Transaction = Parameters<typeof countKeysInUse>[0];

/** Whether one more may be in use, be it new or retired before; it stays so where `lockKeys` came first. @throws HikyakuError too-many-keys */
export async function requireRoomForKey(transaction: Transaction): Promise<void> {
  if ((await countKeysInUse(transaction)) < mostKeysInUse) return;
  throw new HikyakuError('too-many-keys', { details: { limit: mostKeysInUse } });
}
