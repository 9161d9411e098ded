import { bodyDigest } from '@hikyaku/types';
import { z } from 'zod';
import { listSentParts } from '../../domain/list-sent-parts.ts';
import { findReachableUpload } from '../find-reachable-upload.ts';
import { schemas } from '../schema-registry.ts';
import { defineV1Route } from '../v1-route.ts';
import { partNumber } from './sign-parts.ts';
import { uploadPath } from './upload-path.ts';

const sentParts = z
  .object({
    partSizeBytes: z.int(),
    items: z.array(z.object({ partNumber, sizeBytes: z.int(), ...bodyDigest.shape })),
  })
  .register(schemas, { id: 'SentParts' });

export const listPartsRoute = defineV1Route({
  operationId: 'listParts',
  method: 'GET',
  path: '/v1/uploads/{uploadId}/parts',
  title: { ja: '届いた部分を見る', en: 'See which parts are there' },
  description: {
    ja: '署名した通りに保管されている部分です。途中で止まった送信を続けるとき、内容の同じ部分は送り直さずに済みます。',
    en: 'The parts that storage has, as they were signed. Going on after an interruption, those whose digests are still the same need not be sent again.',
  },
  scope: 'uploads:write',
  input: { path: uploadPath },
  answer: sentParts,
  answers: { 200: { text: { ja: '届いた部分', en: 'The parts that are there' } } },
  problems: ['upload-not-found', 'upload-not-open', 'invalid-input', 'storage-unavailable'],
  example: `curl --fail-with-body --header "Authorization: Bearer $HIKYAKU_TOKEN" \\
  "$HIKYAKU_URL/v1/uploads/$id/parts"`,
  async handle({ path }, { services, caller }) {
    await findReachableUpload(services, caller, path.uploadId);
    const { partSizeBytes, parts } = await listSentParts(services, caller, path.uploadId);
    const items = parts.map(({ digest, ...part }) => ({ ...part, ...digest }));
    return { status: 200, body: { partSizeBytes, items } };
  },
});
