import type { S3Client } from '@aws-sdk/client-s3';
import type { Claim } from '@hikyaku/db/ledger';
import type { KeyStore } from '@hikyaku/encryption/key-store';
import { confirmChecksums, type ContentLayers, measureObject, openContent } from '@hikyaku/ingest';
import { openObject, refuseSilence } from '@hikyaku/s3-core';
import { type ErrorCode, HikyakuError } from '@hikyaku/types';
import type { Pool } from 'pg';
import { findKeys, keysMissing } from '../keys/find-keys.ts';
import type { RunObserver } from '../run-points.ts';
import { type ConfirmedBytes, confirmSignature } from './confirm-signature.ts';
import { readSignature } from './read-signature.ts';

export interface OpenedFile {
  /** What is to be staged, once. Whole, and signed by whom it has to be, only when it has ended without throwing. */
  content: AsyncIterable<Uint8Array>;
  layers: ContentLayers;
  /** Bytes of the object, as they are stored, so far. */
  bytesRead(): number;
  /** Of those bytes, in base64: after the content has ended. */
  checksumSha256(): string;
}

/** Another of the organization's keys may open what none of those at hand does. */
const opensWithAnother = new Set<ErrorCode>(['wrong-key', 'unsupported-encryption']);

export interface OpenFileDependencies {
  s3: S3Client;
  pool: Pool;
  keyStore: KeyStore | undefined;
  silenceSeconds: number;
  observer: RunObserver;
}

/**
 * Opens the pinned version of a claimed file. Stages of one shape, bytes in and bytes out, one behind the other: what looks
 * at the object as it is stored stands before `openContent`, what looks at its content behind it.
 *
 * @throws HikyakuError those of `readSignature`, `openObject`, `openContent` and `findKeys`; while reading those of
 * `refuseSilence` and `confirmMinisign` too
 */
export async function openFile(
  dependencies: OpenFileDependencies,
  claim: Claim,
  signal: AbortSignal,
): Promise<OpenedFile> {
  const { s3, pool, keyStore, silenceSeconds, observer } = dependencies;
  const { encryption, signature, maxContentBytes } = claim.dataset.definition;
  const detached = signature?.kind === 'minisign' ? await readSignature(s3, claim.object, signal) : undefined;
  const stored = refuseSilence(await openObject(s3, claim.object, signal), silenceSeconds);
  const { key, sizeBytes } = claim.object;
  const watched = observer.watch(['get-half'], key, stored);
  const measured = measureObject(confirmChecksums(watched, claim.checksums), {
    sizeBytes,
    sha256: claim.checksums?.whole,
  });
  const confirmed: ConfirmedBytes =
    detached && signature
      ? confirmSignature(measured.bytes, detached, signature.trustedKeys)
      : { bytes: measured.bytes, untilConfirmed: (content) => content };
  let missing = 0;
  const { layers, content } = await openContent(confirmed.bytes, {
    fileName: claim.fileName,
    isRequired: encryption === 'required',
    openPgpSigners: signature?.kind === 'openpgp' ? signature.trustedKeys : undefined,
    maxContentBytes,
    signal,
    async findKeys() {
      const found = await findKeys(pool, keyStore, claim.organizationId);
      missing = found.missing;
      return found.keys;
    },
  }).catch((error: unknown) => {
    const mayOpen = error instanceof HikyakuError && opensWithAnother.has(error.code);
    throw mayOpen && missing > 0 ? keysMissing(missing) : error;
  });
  return {
    content: confirmed.untilConfirmed(content),
    layers,
    bytesRead: () => measured.bytesRead(),
    checksumSha256: () => measured.checksumSha256(),
  };
}
