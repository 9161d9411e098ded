import { errorDetails, type Reject, rejectCode } from '@hikyaku/types';
import type { AppTransaction } from '../app-database.ts';

export interface RejectLine {
  lineNumber: number;
  /** Byte for byte, without its line ending; null where it was too long to keep. */
  raw: Uint8Array | null;
  /** What is wrong with it, in the order it was found. */
  faults: Pick<Reject, 'column' | 'code' | 'value' | 'details'>[];
}

/** The next refused lines of a file behind the line `after`, in the order of the file. */
export async function listRejectLines(
  transaction: AppTransaction,
  arrivalId: string,
  options: { after: number; limit: number },
): Promise<RejectLine[]> {
  const lines = await transaction.rejectLine.findMany({
    where: { arrivalId, lineNumber: { gt: options.after } },
    orderBy: { lineNumber: 'asc' },
    take: options.limit,
    select: { lineNumber: true, raw: true },
  });
  const last = lines.at(-1);
  if (!last) return [];
  const rejects = await transaction.reject.findMany({
    where: { arrivalId, lineNumber: { gt: options.after, lte: last.lineNumber } },
    orderBy: { id: 'asc' },
  });
  const faults = Map.groupBy(rejects, (reject) => reject.lineNumber);
  return lines.map(({ lineNumber, raw }) => ({
    lineNumber: Number(lineNumber),
    raw,
    faults: (faults.get(lineNumber) ?? []).map((reject) => ({
      column: reject.columnName,
      code: rejectCode.parse(reject.code),
      value: reject.value,
      details: errorDetails.catch({}).parse(reject.details),
    })),
  }));
}
