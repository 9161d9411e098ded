import type { S3Client } from '@aws-sdk/client-s3';
import type { Claim } from '@hikyaku/db/ledger';
import type { KeyStore } from '@hikyaku/encryption/key-store';
import { confirmChecksums, type ContentLayers, measureObject, openContent } from '@hikyaku/ingest';
import { openObject } from '@hikyaku/s3-core';
import { HikyakuError } from '@hikyaku/types';
import type { Pool } from 'pg';
import { findIdentities, keysMissing } from '../keys/find-identities.ts';

export interface OpenedFile {
  /** What is to be staged, once. Whole only when it has ended without throwing. */
  content: AsyncIterable<Uint8Array>;
  layers: ContentLayers;
  /** Bytes of the object, as they are stored, so far. */
  bytesRead(): number;
  /** Of those bytes, in base64: once, after the content has ended. */
  checksumSha256(): string;
}

/**
 * Opens the pinned version of a claimed file. Stages of one shape, bytes in and bytes out, one behind the other: what looks
 * at the object as it is stored stands before `openContent`, what looks at its content behind it.
 *
 * @throws HikyakuError those of `openObject`, `openContent` and `findIdentities`
 */
export async function openFile(
  { s3, pool, keyStore }: { s3: S3Client; pool: Pool; keyStore: KeyStore | undefined },
  claim: Claim,
  signal: AbortSignal,
): Promise<OpenedFile> {
  const stored = await openObject(s3, claim.object, signal);
  const measured = measureObject(confirmChecksums(stored, claim.checksums), claim.object.sizeBytes);
  let missing = 0;
  const { layers, content } = await openContent(measured.bytes, {
    fileName: claim.fileName,
    maxContentBytes: claim.dataset.definition.maxContentBytes,
    signal,
    async findIdentities() {
      const found = await findIdentities(pool, keyStore, claim.organizationId);
      missing = found.missing;
      return found.identities;
    },
  }).catch((error: unknown) => {
    const isWrongKey = error instanceof HikyakuError && error.code === 'wrong-key';
    throw isWrongKey && missing > 0 ? keysMissing(missing) : error;
  });
  return {
    content,
    layers,
    bytesRead: () => measured.bytesRead(),
    checksumSha256: () => measured.checksumSha256(),
  };
}
