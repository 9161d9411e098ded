import type { RejectCode } from '@hikyaku/types';

/** Why PostgreSQL can't keep a text, if it can't. */
export function textFault(text: string): RejectCode | undefined {
  if (text.includes('\0')) return 'nul-character';
  return text.isWellFormed() ? undefined : 'invalid-encoding';
}
