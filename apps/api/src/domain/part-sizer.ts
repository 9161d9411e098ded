import { type AppTransaction, findDataset, type Upload } from '@hikyaku/db';
import { plannedPartBytes, streamPlan } from '@hikyaku/s3-core';
import { HikyakuError } from '@hikyaku/types';

export type PartSizer = (part: { partNumber: number; sizeBytes?: number | undefined }) => number;

/**
 * What says how long each part of an upload is: its plan; or, of a stream, its sender, up to what the dataset takes. That all
 * parts of a stream but the last are whole is looked at when it is completed.
 *
 * @throws HikyakuError invalid-input (a single PUT); the sizer itself invalid-input (a part that the plan doesn't have; of a
 *   stream no length or too great a one), file-too-large (a stream)
 */
export async function partSizer(transaction: AppTransaction, upload: Upload): Promise<PartSizer> {
  const { multipart, sizeBytes } = upload;
  if (!multipart) throw new HikyakuError('invalid-input', { details: { field: 'partNumber' } });
  const { partSizeBytes } = multipart;
  if (sizeBytes !== undefined) {
    return ({ partNumber }) => {
      const bytes = plannedPartBytes({ sizeBytes, partSizeBytes }, partNumber);
      if (bytes === undefined) throw new HikyakuError('invalid-input', { details: { field: 'partNumber' } });
      return bytes;
    };
  }
  const dataset = await findDataset(transaction, { id: upload.datasetId });
  const limitBytes = Math.min(dataset?.definition.maxFileBytes ?? 0, streamPlan.mostBytes);
  return ({ partNumber, sizeBytes: told }) => {
    if (told === undefined || told < 1 || told > partSizeBytes) {
      throw new HikyakuError('invalid-input', { details: { field: 'sizeBytes' } });
    }
    const reaches = (partNumber - 1) * partSizeBytes + told;
    if (reaches > limitBytes) throw new HikyakuError('file-too-large', { details: { sizeBytes: reaches, limitBytes } });
    return told;
  };
}
