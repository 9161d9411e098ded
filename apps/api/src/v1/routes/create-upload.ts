import { datasetSlug, HikyakuError } from '@hikyaku/types';
import { z } from 'zod';
import { reachesDataset } from '../../auth/find-token-caller.ts';
import { beginUpload } from '../../domain/begin-upload.ts';
import { beginUploadOnce } from '../../domain/begin-upload-once.ts';
import { contentType, fileName, sizeBytes } from '../../domain/new-upload-fields.ts';
import { findReachableUpload } from '../find-reachable-upload.ts';
import { schemas } from '../schema-registry.ts';
import { toUploadResource, uploadResource } from '../upload-resource.ts';
import { defineV1Route } from '../v1-route.ts';

const newUpload = z.strictObject({
  dataset: datasetSlug.meta({ ja: '送り先のデータセット', en: 'The dataset it is for', examples: ['cities'] }),
  fileName: fileName.meta({ ja: '元のファイル名', en: 'The name of your file', examples: ['cities.csv'] }),
  sizeBytes: sizeBytes.meta({
    ja: 'ちょうどこのバイト数を送ります。上限は5 GiBです。',
    en: 'Exactly so many bytes will be sent, at most 5 GiB.',
    examples: [1_234],
  }),
  contentType: contentType.default('text/csv').meta({ ja: 'ファイルの種類', en: 'The type of the file' }),
});

const put = z
  .object({
    url: z.url().meta({
      ja: '署名付きの保管先。期限までは、これだけで書き込めます。ログに残さないでください。',
      en: 'The signed storage address: until it expires, whoever has it can write. Keep it out of logs.',
    }),
    method: z.literal('PUT'),
    headers: z.record(z.string(), z.string()).meta({
      ja: 'この通りに送るヘッダー（署名に含まれます）',
      en: 'To be sent exactly so: they are part of the signature',
    }),
    expiresAt: z.iso.datetime(),
  })
  .register(schemas, { id: 'Put' });

const begunUpload = uploadResource
  .extend({
    put: put.nullable().meta({
      ja: 'ファイルの送り方。すでに届いていれば null で、送る必要はありません。',
      en: 'How to send the file; null where it is stored already and nothing needs to be sent.',
    }),
  })
  .register(schemas, { id: 'BegunUpload' });

/** Printable ASCII; in quotes, as the IETF draft writes it, or without. */
const idempotencyKey = z
  .string()
  .transform((value) => value.replace(/^"(.*)"$/, '$1'))
  .pipe(z.string().regex(/^[\x21-\x7e]{1,255}$/));

export const createUploadRoute = defineV1Route({
  operationId: 'createUpload',
  method: 'POST',
  path: '/v1/uploads',
  title: { ja: '送信を始める', en: 'Begin an upload' },
  description: {
    ja: '受け付けを記録し、ファイルを直接保管場所へ送るための署名付きURL（1回のPUT）を返します。同じ Idempotency-Key で同じ要求を繰り返すと、最初の送信が返ります（Idempotent-Replayed: true）。届いた後は put が null となり、何も起きません。取り消し・期限切れ・差し戻しで終わった送信のキーは、もう一度使えます。',
    en: 'Writes the intent down and answers with a signed URL for one PUT straight to storage. The same request with the same Idempotency-Key, whatever the file is called, gets the first upload again (Idempotent-Replayed: true); once the file is stored, put is null and nothing happens. A key whose upload was cancelled, expired or was refused can be used again.',
  },
  scope: 'uploads:write',
  input: {
    headers: z.object({
      'idempotency-key': idempotencyKey.optional().meta({
        ja: '同じ送信を何度も作らないためのキー。組織内で一意です。データセットとSHA-256の組がおすすめです。',
        en: 'Makes a rerun harmless; unique in the organization. Dataset and SHA-256 make a good one.',
      }),
    }),
    body: newUpload,
  },
  answer: begunUpload,
  answers: {
    201: {
      text: { ja: '送信が始まりました', en: 'The upload has begun' },
      headers: { Location: { ja: 'この送信のアドレス', en: 'The address of the upload' } },
    },
    200: {
      text: { ja: '同じキーの最初の送信', en: 'The first upload of this key' },
      headers: { 'Idempotent-Replayed': { ja: '常に true', en: 'Always true' } },
    },
  },
  problems: [
    'dataset-not-found',
    'empty-file',
    'file-too-large',
    'unsupported-file-type',
    'idempotency-key-reused',
    'storage-unavailable',
  ],
  example: `curl --fail-with-body --header "Authorization: Bearer $HIKYAKU_TOKEN" \\
  --header "Content-Type: application/json" --header "Idempotency-Key: cities-2026-11-22" \\
  --data '{"dataset": "cities", "fileName": "cities.csv", "sizeBytes": 1234}' \\
  "$HIKYAKU_URL/v1/uploads"`,
  async handle({ headers, body }, { services, caller, locale }) {
    const { dataset, ...file } = body;
    if (!reachesDataset(caller.token, dataset)) throw new HikyakuError('dataset-not-found');
    // All that curl can do.
    const request = { datasetSlug: dataset, ...file, method: 'single' as const };
    const key = headers['idempotency-key'];
    const begun = key
      ? await beginUploadOnce(services, caller, request, key)
      : { ...(await beginUpload(services, caller, request)), isReplay: false };
    services.announce();
    const upload = toUploadResource(
      await findReachableUpload(services, caller, begun.uploadId),
      locale,
      services.portalUrl,
    );
    const { put: signed } = begun;
    return {
      status: begun.isReplay ? 200 : 201,
      headers: begun.isReplay ? { 'idempotent-replayed': 'true' } : { location: `/v1/uploads/${begun.uploadId}` },
      body: {
        ...upload,
        put: signed && {
          url: signed.url,
          method: 'PUT' as const,
          headers: signed.headers,
          expiresAt: signed.expiresAt.toISOString(),
        },
      },
    };
  },
});
