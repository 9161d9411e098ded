import { findUpload, recordAuditEvent, setPartsSweep, setUploadDigest, setUploadState, type Upload } from '@hikyaku/db';
import { findObject } from '@hikyaku/s3-core';
import { HikyakuError, type UploadState } from '@hikyaku/types';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../trpc/context.ts';
import { assembleParts } from './assemble-parts.ts';
import { endStream } from './end-stream.ts';
import { multipartOf } from './multipart-of.ts';

/**
 * Judges an upload by what S3 has, not by what the client believes; parts are made one object before. May be repeated.
 * The event of S3 may have settled it already. A stream's sender says here how long it was; said twice, the first counts. Who sent parts
 * may say what the whole of them is: the worker compares it. Of one PUT it was said when it began, and here it must be the same.
 *
 * @throws HikyakuError not-found, upload-not-open, object-missing, size-mismatch; of a stream empty-file, invalid-input (no length
 *   was told); of one PUT invalid-input (another digest than it was signed for)
 */
export async function completeUpload(
  services: Pick<Services, 'app' | 's3'>,
  actor: Actor,
  uploadId: string,
  told: { sizeBytes?: number | undefined; sha256?: string | undefined } = {},
): Promise<{ state: UploadState }> {
  const { app, s3 } = services;
  const find = () => app.inOrganization(actor.scope, (transaction) => findUpload(transaction, uploadId));
  const found = await find();
  if (!found) throw new HikyakuError('not-found');
  const upload = told.sizeBytes === undefined ? found : await endStream(services, actor, found, told.sizeBytes);
  if (upload.state === 'stored') return { state: 'stored' };
  if (upload.state === 'aborted' || upload.state === 'refused') throw new HikyakuError('upload-not-open');

  const multipart = multipartOf(upload);
  if (told.sha256 !== undefined) await keepDigest(services, actor, upload, told.sha256);
  const { sizeBytes } = upload;
  if (sizeBytes === undefined) throw new HikyakuError('invalid-input', { details: { field: 'sizeBytes' } });
  // Where another call is just doing it, or an answer was lost, that fails too: what counts is what S3 has.
  const failure =
    multipart && (await passingFailure(assembleParts(services, actor, upload, { ...multipart, sizeBytes })));
  const object = await findObject(s3, upload);
  if (!object) throw failure ?? new HikyakuError('object-missing', { retriable: true });
  const matches = object.sizeBytes === sizeBytes;
  const details = { expected: sizeBytes, found: object.sizeBytes };
  const isSettledHere = await app.inOrganization(actor.scope, async (transaction) => {
    const settled = await setUploadState(
      transaction,
      uploadId,
      matches
        ? { state: 'stored', versionId: object.versionId, etag: object.etag }
        : { state: 'refused', causeCode: 'size-mismatch', causeDetails: details },
    );
    if (multipart && matches) await setPartsSweep(transaction, uploadId, null);
    if (!settled) return false;
    await recordAuditEvent(transaction, actor.scope, {
      action: 'upload.complete',
      subject: 'upload',
      subjectId: uploadId,
    });
    return true;
  });
  if (!matches) throw new HikyakuError('size-mismatch', { details });
  // The event may have been quicker.
  return { state: isSettledHere ? 'stored' : ((await find())?.state ?? 'stored') };
}

/** Before the object is there to be taken in. */
async function keepDigest(
  { app }: Pick<Services, 'app'>,
  { scope }: Actor,
  upload: Upload,
  sha256: string,
): Promise<void> {
  if (upload.multipart) {
    await app.inOrganization(scope, (transaction) => setUploadDigest(transaction, upload.id, sha256));
  } else if (upload.sha256 !== sha256) {
    throw new HikyakuError('invalid-input', { details: { field: 'sha256' } });
  }
}

async function passingFailure(work: Promise<void>): Promise<HikyakuError | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    const mayBeDone = error instanceof HikyakuError && (error.retriable || error.code === 'upload-not-open');
    if (mayBeDone) return error;
    throw error;
  }
}
