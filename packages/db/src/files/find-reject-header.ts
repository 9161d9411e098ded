import type { AppTransaction } from '../app-database.ts';

/** How a file writes its lines, and whose refused lines they are. */
export interface RejectHeader {
  arrivalId: string;
  fileName: string;
  header: Uint8Array;
  encoding: string;
  byteOrderMark: boolean;
  newline: string;
  format: string;
  delimiter: string;
}

/** Undefined for a file that isn't there, or that has no refused lines to download. */
export async function findRejectHeader(transaction: AppTransaction, fileId: string): Promise<RejectHeader | undefined> {
  const file = await transaction.file.findUnique({
    where: { id: fileId },
    select: { fileName: true, arrivalId: true },
  });
  if (!file?.arrivalId) return undefined;
  const row = await transaction.rejectHeader.findUnique({
    where: { arrivalId: file.arrivalId },
    omit: { organizationId: true },
  });
  return row ? { ...row, fileName: file.fileName } : undefined;
}
