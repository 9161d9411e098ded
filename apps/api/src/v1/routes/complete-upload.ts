import { sha256Digest } from '@hikyaku/types';
import { z } from 'zod';
import { completeUpload } from '../../domain/complete-upload.ts';
import { sizeBytes } from '../../domain/new-upload-fields.ts';
import { findReachableUpload } from '../find-reachable-upload.ts';
import { toUploadResource, uploadResource } from '../upload-resource.ts';
import { defineV1Route } from '../v1-route.ts';
import { uploadPath } from './upload-path.ts';

export const completeUploadRoute = defineV1Route({
  operationId: 'completeUpload',
  method: 'POST',
  path: '/v1/uploads/{uploadId}/complete',
  title: { ja: '届いたことを確かめる', en: 'Confirm that it arrived' },
  description: {
    ja: '保管場所にあるものを調べて判断します。200なら、ファイルは安全に保管されています。何度呼んでも同じです。',
    en: 'Judges by what storage has. 200 means the file is safe. Calling it again changes nothing.',
  },
  scope: 'uploads:write',
  input: {
    path: uploadPath,
    body: z
      .strictObject({
        sizeBytes: sizeBytes.optional().meta({
          ja: 'ストリームの長さ（バイト）。始めるときに伝えた場合は要りません。',
          en: 'How long a stream was, in bytes; not needed where it was told in the beginning.',
        }),
        sha256: sha256Digest.optional().meta({
          ja: '分割して送ったファイル全体のSHA-256（base64）。取り込むときに照合し、受領証に載せます。',
          en: 'SHA-256 (base64) of the whole of what was sent in parts: compared when it is taken in, and told in its receipt.',
        }),
      })
      .nullish(),
  },
  answer: uploadResource,
  answers: { 200: { text: { ja: '保管されています', en: 'It is safe' } } },
  problems: [
    'upload-not-found',
    'upload-not-open',
    'object-missing',
    'size-mismatch',
    'empty-file',
    'invalid-input',
    'storage-unavailable',
  ],
  example: `curl --fail-with-body --header "Authorization: Bearer $HIKYAKU_TOKEN" \\
  --request POST "$HIKYAKU_URL/v1/uploads/$id/complete"`,
  async handle({ path, body }, { services, caller, locale }) {
    await findReachableUpload(services, caller, path.uploadId);
    try {
      await completeUpload(services, caller, path.uploadId, { sizeBytes: body?.sizeBytes, sha256: body?.sha256 });
    } finally {
      services.announce();
    }
    const file = await findReachableUpload(services, caller, path.uploadId);
    return { status: 200, body: toUploadResource(file, locale, services.portalUrl) };
  },
});
