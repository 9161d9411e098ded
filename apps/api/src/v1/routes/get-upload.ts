import { HikyakuError } from '@hikyaku/types';
import { z } from 'zod';
import { waitUntilSettled } from '../../live/wait-until-settled.ts';
import { findReachableUpload } from '../find-reachable-upload.ts';
import { toUploadResource, uploadResource } from '../upload-resource.ts';
import { defineV1Route } from '../v1-route.ts';
import { uploadPath } from './upload-path.ts';

/** Below what proxies cut a silent connection at. */
const longestWaitSeconds = 30;

export const getUploadRoute = defineV1Route({
  operationId: 'getUpload',
  method: 'GET',
  path: '/v1/uploads/{uploadId}',
  title: { ja: '状態を見る', en: 'See where it is' },
  description: {
    ja: '状態、行数、理由を返します。wait を付けると、状態が定まるまで最大30秒待ってから答えるため、繰り返し尋ねる必要がありません。',
    en: 'State, counts and cause. With wait it answers once the state has settled, or after that many seconds: no sleep loop needed.',
  },
  scope: 'uploads:read',
  input: {
    path: uploadPath,
    query: z.object({
      wait: z.coerce
        .number()
        .int()
        .min(0)
        .max(longestWaitSeconds)
        .default(0)
        .meta({ ja: '待つ秒数（0〜30）', en: 'Seconds to wait (0 to 30)' }),
    }),
  },
  answer: uploadResource,
  answers: { 200: { text: { ja: '今の状態', en: 'Where it is now' } } },
  problems: ['upload-not-found'],
  example: `curl --fail-with-body --header "Authorization: Bearer $HIKYAKU_TOKEN" \\
  "$HIKYAKU_URL/v1/uploads/$id?wait=30"`,
  async handle({ path, query }, { services, caller, locale, signal }) {
    const found = await findReachableUpload(services, caller, path.uploadId);
    const file =
      query.wait > 0 ? await waitUntilSettled(services, caller, path.uploadId, { seconds: query.wait, signal }) : found;
    if (!file) throw new HikyakuError('upload-not-found');
    return { status: 200, body: toUploadResource(file, locale, services.portalUrl) };
  },
});
