import type { AppTransaction } from '../app-database.ts';
import { needsSomebody } from './list-files.ts';

export interface FilesOfDay {
  total: number;
  takenIn: number;
  working: number;
  needsYou: number;
}

/** Files since `from`: what the sentence of the day says. */
export async function countFilesOfDay(transaction: AppTransaction, from: Date): Promise<FilesOfDay> {
  const since = { createdAt: { gte: from } };
  const total = await transaction.file.count({
    where: { ...since, NOT: { uploadState: { in: ['aborted', 'expired'] }, arrivalState: null } },
  });
  const takenIn = await transaction.file.count({
    where: {
      ...since,
      arrivalState: { in: ['taken_in', 'stored'] },
      // With refused rows it is among those that need somebody: each file is told once.
      OR: [{ rowsRejected: null }, { rowsRejected: 0 }],
    },
  });
  const working = await transaction.file.count({
    where: {
      ...since,
      OR: [
        { arrivalState: { in: ['recorded', 'waiting', 'queued', 'running'] } },
        { arrivalState: null, uploadState: { in: ['created', 'uploading', 'completing', 'stored'] } },
      ],
    },
  });
  const needsYou = await transaction.file.count({ where: { AND: [since, needsSomebody] } });
  return { total, takenIn, working, needsYou };
}
