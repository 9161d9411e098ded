import type { ErrorDetails, RejectCode } from '@hikyaku/types';

/** What the worker will say of a cell. */
export interface CellFault {
  code: RejectCode;
  details: ErrorDetails;
}

/** A sound cell, one at fault, or one of which only the database knows. */
export type CellVerdict = CellFault | 'sound' | 'undecided';

export function fault(code: RejectCode, details: ErrorDetails = {}): CellFault {
  return { code, details };
}
