import { HikyakuError, readFileName, type TableDefinition } from '@hikyaku/types';

/**
 * Before a byte of it is sent: a dataset's files may have to come encrypted, and what a name says of that is known now. Whether the
 * bytes are, the worker sees.
 *
 * @throws HikyakuError `encryption-required`
 */
export function refuseOpenFile(fileName: string, { encryption, format }: TableDefinition): void {
  if (encryption !== 'required' || readFileName(fileName, format)?.isEncrypted) return;
  throw new HikyakuError('encryption-required', { details: { fileName } });
}
