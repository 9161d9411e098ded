import { bodyDigest } from '@hikyaku/types';
import { z } from 'zod';
import { signParts } from '../../domain/sign-parts.ts';
import { findReachableUpload } from '../find-reachable-upload.ts';
import { schemas } from '../schema-registry.ts';
import { signedPut, toSignedPut } from '../signed-put.ts';
import { defineV1Route } from '../v1-route.ts';
import { uploadPath } from './upload-path.ts';

const mostPartsAtOnce = 100;
export const partNumber = z.int().min(1).max(10_000);

const partToSign = z.strictObject({
  partNumber,
  ...bodyDigest.shape,
  sizeBytes: z.int().min(1).optional().meta({
    ja: '長さの分からないストリームの部分だけ：この部分のバイト数',
    en: 'Only of a stream whose length is not known: the bytes of this part',
  }),
});

const signedParts = z
  .object({ items: z.array(z.object({ partNumber, put: signedPut })) })
  .register(schemas, { id: 'SignedParts' });

export const signPartsRoute = defineV1Route({
  operationId: 'signParts',
  method: 'POST',
  path: '/v1/uploads/{uploadId}/parts',
  title: { ja: '部分に署名する', en: 'Sign some parts' },
  description: {
    ja: '送る直前に、一度に100個まで署名します。MD5とSHA-256はその部分のもので、違う内容は保管されません。同じ部分に何度でも署名でき、最後のものが有効です。',
    en: 'As many as 100 at a time, just before they are sent. MD5 and SHA-256 are those of the part: nothing else is stored. A part may be signed again; the last time counts.',
  },
  scope: 'uploads:write',
  input: {
    path: uploadPath,
    body: z.strictObject({
      parts: z
        .array(partToSign)
        .min(1)
        .max(mostPartsAtOnce)
        .refine((parts) => new Set(parts.map((part) => part.partNumber)).size === parts.length),
    }),
  },
  answer: signedParts,
  answers: { 200: { text: { ja: '署名付きの送り先', en: 'Where each part goes' } } },
  problems: ['upload-not-found', 'upload-not-open', 'invalid-input', 'file-too-large'],
  example: `curl --fail-with-body --header "Authorization: Bearer $HIKYAKU_TOKEN" \\
  --header "Content-Type: application/json" \\
  --data '{"parts": [{"partNumber": 1, "md5": "…", "sha256": "…"}]}' \\
  "$HIKYAKU_URL/v1/uploads/$id/parts"`,
  async handle({ path, body }, { services, caller }) {
    await findReachableUpload(services, caller, path.uploadId);
    const wanted = body.parts.map(({ md5, sha256, ...part }) => ({ ...part, digest: { md5, sha256 } }));
    const signed = await signParts(services, caller, path.uploadId, wanted);
    services.announce();
    return { status: 200, body: { items: signed.map((part) => ({ ...part, put: toSignedPut(part.put) })) } };
  },
});
