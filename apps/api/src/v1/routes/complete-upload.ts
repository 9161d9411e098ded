import { completeUpload } from '../../domain/complete-upload.ts';
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
  input: { path: uploadPath },
  answer: uploadResource,
  answers: { 200: { text: { ja: '保管されています', en: 'It is safe' } } },
  problems: ['upload-not-found', 'upload-not-open', 'object-missing', 'size-mismatch', 'storage-unavailable'],
  example: `curl --fail-with-body --header "Authorization: Bearer $HIKYAKU_TOKEN" \\
  --request POST "$HIKYAKU_URL/v1/uploads/$id/complete"`,
  async handle({ path }, { services, caller, locale }) {
    await findReachableUpload(services, caller, path.uploadId);
    try {
      await completeUpload(services, caller, path.uploadId);
    } finally {
      services.announce();
    }
    const file = await findReachableUpload(services, caller, path.uploadId);
    return { status: 200, body: toUploadResource(file, locale, services.portalUrl) };
  },
});
