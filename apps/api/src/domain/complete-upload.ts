import { findUpload, recordAuditEvent, setPartsSweep, setUploadState } from '@hikyaku/db';
import { findObject } from '@hikyaku/s3-core';
import { HikyakuError, type UploadState } from '@hikyaku/types';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../trpc/context.ts';
import { assembleParts } from './assemble-parts.ts';
import { endStream } from './end-stream.ts';
import { multipartOf } from './multipart-of.ts';

/**
 * Judges an upload by what S3 has, not by what the client believes; parts are made one object before. May be repeated.
 * The event of S3 may have settled it already. A stream's sender says here how long it was; said twice, the first counts.
 *
 * @throws HikyakuError not-found, upload-not-open, object-missing, size-mismatch; of a stream empty-file, invalid-input (no length
 *   was told)
 */
export async function completeUpload(
  services: Pick<Services, 'app' | 's3'>,
  actor: Actor,
  uploadId: string,
  told?: { sizeBytes: number },
): Promise<{ state: UploadState }> {
  const { app, s3 } = services;
  const find = () => app.inOrganization(actor.scope, (transaction) => findUpload(transaction, uploadId));
  const found = await find();
  if (!found) throw new HikyakuError('not-found');
  const upload = told ? await endStream(services, actor, found, told.sizeBytes) : found;
  if (upload.state === 'stored') return { state: 'stored' };
  if (upload.state === 'aborted' || upload.state === 'refused') throw new HikyakuError('upload-not-open');

  const multipart = multipartOf(upload);
  const { sizeBytes } = upload;
  if (sizeBytes === undefined) throw new HikyakuError('invalid-input', { details: { field: 'sizeBytes' } });
  // Where another call is just doing it, or an answer was lost, that fails too: what counts is what S3 has.
  const failure =
    multipart && (await passingFailure(assembleParts(services, actor, upload, { ...multipart, sizeBytes })));
  const object = await findObject(s3, upload);
  if (!object) throw failure ?? new HikyakuError('object-missing', { retriable: true });
  const matches = object.sizeBytes === sizeBytes;
  const details = { expected: sizeBytes, found: object.sizeBytes };
  await app.inOrganization(actor.scope, async (transaction) => {
    const settled = await setUploadState(
      transaction,
      uploadId,
      matches
        ? { state: 'stored', versionId: object.versionId, etag: object.etag }
        : { state: 'refused', causeCode: 'size-mismatch', causeDetails: details },
    );
    if (multipart && matches) await setPartsSweep(transaction, uploadId, null);
    if (!settled) return;
    await recordAuditEvent(transaction, actor.scope, {
      action: 'upload.complete',
      subject: 'upload',
      subjectId: uploadId,
    });
  });
  if (!matches) throw new HikyakuError('size-mismatch', { details });
  return { state: (await find())?.state ?? 'stored' };
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
