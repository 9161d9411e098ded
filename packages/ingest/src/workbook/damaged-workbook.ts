import { HikyakuError } from '@hikyaku/types';

/** @param damage for engineers: which part is not as it has to be */
export function damagedWorkbook(damage: string, cause?: unknown): HikyakuError {
  return new HikyakuError('damaged-workbook', { details: { damage }, ...(cause === undefined ? {} : { cause }) });
}
