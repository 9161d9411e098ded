import { HikyakuError } from '@hikyaku/types';
import { abortUpload } from '../../domain/abort-upload.ts';
import { findReachableUpload } from '../find-reachable-upload.ts';
import { toUploadResource, uploadResource } from '../upload-resource.ts';
import { defineV1Route } from '../v1-route.ts';
import { uploadPath } from './upload-path.ts';

export const cancelUploadRoute = defineV1Route({
  operationId: 'cancelUpload',
  method: 'DELETE',
  path: '/v1/uploads/{uploadId}',
  title: { ja: '送信を取り消す', en: 'Cancel an upload' },
  description: {
    ja: '後から届いても取り込みません。すでに届いたファイルは取り消せません（409）。',
    en: 'What arrives all the same is not taken in. What is stored already can not be cancelled (409).',
  },
  scope: 'uploads:write',
  input: { path: uploadPath },
  answer: uploadResource,
  answers: { 200: { text: { ja: '取り消されました', en: 'It is cancelled' } } },
  problems: ['upload-not-found', 'upload-not-open'],
  example: `curl --fail-with-body --header "Authorization: Bearer $HIKYAKU_TOKEN" \\
  --request DELETE "$HIKYAKU_URL/v1/uploads/$id"`,
  async handle({ path }, { services, caller, locale }) {
    await findReachableUpload(services, caller, path.uploadId);
    const { state } = await abortUpload(services, caller, path.uploadId);
    services.announce();
    if (state !== 'aborted') throw new HikyakuError('upload-not-open');
    const file = await findReachableUpload(services, caller, path.uploadId);
    return { status: 200, body: toUploadResource(file, locale, services.portalUrl) };
  },
});
