import type { BodyDigest } from '@hikyaku/types';
import type { AppTransaction, OrganizationScope } from './app-database.ts';

export interface UploadPart {
  /** From 1. */
  partNumber: number;
  sizeBytes: number;
  digest: BodyDigest;
}

/** S3 has begun the multipart upload: as soon as the upload has ended, it is to be asked whether parts are left. */
export async function setMultipartUploadId(
  transaction: AppTransaction,
  uploadId: string,
  multipartUploadId: string,
): Promise<void> {
  await transaction.upload.update({ where: { id: uploadId }, data: { multipartUploadId, sweepPartsAt: new Date() } });
}

/** Says when S3 is asked next whether parts of an ended upload are left; null: never again. */
export async function setPartsSweep(
  transaction: AppTransaction,
  uploadId: string,
  sweepPartsAt: Date | null,
): Promise<void> {
  await transaction.upload.updateMany({ where: { id: uploadId }, data: { sweepPartsAt } });
}

/** Keeps what parts are signed for; a part that is signed again replaces what it was. */
export async function keepUploadParts(
  transaction: AppTransaction,
  { organizationId }: OrganizationScope,
  uploadId: string,
  parts: UploadPart[],
): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO upload_part (organization_id, upload_id, part_number, size_bytes, md5, sha256)
    SELECT ${organizationId}::uuid, ${uploadId}::uuid, *
      FROM unnest(${parts.map((part) => part.partNumber)}::int[],
                  ${parts.map((part) => part.sizeBytes)}::bigint[],
                  ${parts.map((part) => part.digest.md5)}::text[],
                  ${parts.map((part) => part.digest.sha256)}::text[])
    ON CONFLICT (upload_id, part_number) DO UPDATE SET size_bytes = excluded.size_bytes, md5 = excluded.md5, sha256 = excluded.sha256`;
}

/** What was signed so far, by part number. */
export async function listUploadParts(transaction: AppTransaction, uploadId: string): Promise<UploadPart[]> {
  const rows = await transaction.uploadPart.findMany({ where: { uploadId }, orderBy: { partNumber: 'asc' } });
  return rows.map(({ partNumber, sizeBytes, md5, sha256 }) => ({
    partNumber,
    sizeBytes: Number(sizeBytes),
    digest: { md5, sha256 },
  }));
}
