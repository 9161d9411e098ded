import { HikyakuError } from '@hikyaku/types';

/**
 * Where the damage lies: `truncated` where the end is known to be missing, `trailing` where something follows the end,
 * `not-age` where it never was an age file, `armor` where its form as text is broken.
 */
export type Damage = 'not-age' | 'armor' | 'header' | 'payload' | 'truncated' | 'trailing';

export function damaged(damage: Damage): HikyakuError {
  return new HikyakuError('damaged-encryption', { details: { damage } });
}
