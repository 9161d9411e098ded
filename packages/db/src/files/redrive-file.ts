import { z } from 'zod';
import type { AppTransaction } from '../app-database.ts';

const answers = z.enum(['queued', 'not-found', 'not-redrivable']);
export type RedriveAnswer = z.infer<typeof answers>;

/** Puts a settled file in line again, at its old place in the order of its dataset; see `redrive_arrival`. */
export async function redriveFile(
  transaction: AppTransaction,
  fileId: string,
): Promise<{ answer: RedriveAnswer; arrivalId: string | null }> {
  const file = await transaction.file.findUnique({ where: { id: fileId }, select: { arrivalId: true } });
  if (!file) return { answer: 'not-found', arrivalId: null };
  const { arrivalId } = file;
  if (!arrivalId) return { answer: 'not-redrivable', arrivalId };
  const [row] = await transaction.$queryRaw<unknown[]>`SELECT redrive_arrival(${arrivalId}::uuid) AS answer`;
  return { answer: z.object({ answer: answers }).parse(row).answer, arrivalId };
}

/** Failed files, the oldest first, at most `most`; returns how many got in line. */
export async function redriveFailedFiles(
  transaction: AppTransaction,
  { datasetId, most }: { datasetId: string | undefined; most: number },
): Promise<number> {
  const [row] = await transaction.$queryRaw<unknown[]>`
    SELECT redrive_failed(${datasetId ?? null}::uuid, ${most}::integer) AS redriven`;
  return z.object({ redriven: z.int() }).parse(row).redriven;
}

/** How many files a redrive of all would find. */
export async function countFailedFiles(
  transaction: AppTransaction,
  { datasetId }: { datasetId: string | undefined },
): Promise<number> {
  const [row] = await transaction.$queryRaw<unknown[]>`SELECT count_failed(${datasetId ?? null}::uuid) AS failed`;
  return z.object({ failed: z.int() }).parse(row).failed;
}

/** Whether a file in this state may end differently when it is run again. */
export async function isRedrivable(
  transaction: AppTransaction,
  arrival: { state: string; causeCode: string | null },
): Promise<boolean> {
  const [row] = await transaction.$queryRaw<unknown[]>`
    SELECT is_redrivable(${arrival.state}::arrival_state, ${arrival.causeCode}) AS redrivable`;
  return z.object({ redrivable: z.boolean().nullable() }).parse(row).redrivable ?? false;
}
