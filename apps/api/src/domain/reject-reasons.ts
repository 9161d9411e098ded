import type { RejectLine } from '@hikyaku/db';
import { describeRejectReason, rejectsFileText } from '@hikyaku/texts';
import type { Locale } from '@hikyaku/types';

/** Why a line was refused, a sentence each; also that it isn't here itself, where it was too long to be kept. */
export function rejectReasons({ raw, faults }: Pick<RejectLine, 'raw' | 'faults'>, locale: Locale): string[] {
  const reasons = faults.map(({ column, code, details }) => describeRejectReason({ column, code, details }, locale));
  return raw ? reasons : [...reasons, rejectsFileText[locale].tooLong];
}
