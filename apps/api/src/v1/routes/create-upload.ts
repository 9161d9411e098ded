import { bodyDigest, datasetSlug, HikyakuError } from '@hikyaku/types';
import { z } from 'zod';
import { reachesDataset } from '../../auth/find-token-caller.ts';
import { beginUpload } from '../../domain/begin-upload.ts';
import { beginUploadOnce } from '../../domain/begin-upload-once.ts';
import { contentType, fileName, sizeBytes } from '../../domain/new-upload-fields.ts';
import { findReachableUpload } from '../find-reachable-upload.ts';
import { schemas } from '../schema-registry.ts';
import { signedPut, toSignedPut } from '../signed-put.ts';
import { toUploadResource, uploadResource } from '../upload-resource.ts';
import { defineV1Route } from '../v1-route.ts';

const newUpload = z
  .strictObject({
    dataset: datasetSlug.meta({ ja: '送り先のデータセット', en: 'The dataset it is for', examples: ['cities'] }),
    fileName: fileName.meta({ ja: '元のファイル名', en: 'The name of your file', examples: ['cities.csv'] }),
    sizeBytes: sizeBytes.optional().meta({
      ja: 'ちょうどこのバイト数を送ります。上限はデータセットごとに決まり、single では5 GiBです。multipart のストリームでは省けます（78 GiBまで）。その場合は完了時に伝えます。',
      en: 'Exactly so many bytes will be sent: at most what the dataset takes, and 5 GiB by one PUT. May be left out for a stream in parts (at most 78 GiB); completing tells it then.',
      examples: [1_234],
    }),
    contentType: contentType.default('text/csv').meta({ ja: 'ファイルの種類', en: 'The type of the file' }),
    method: z.enum(['single', 'multipart']).default('single').meta({
      ja: 'single は1回のPUT。multipart は /parts で署名した部分に分けて送ります。',
      en: 'single: one PUT. multipart: in parts, signed by /parts.',
    }),
    digest: bodyDigest.optional().meta({
      ja: '1回のPUTで送る全体のMD5とSHA-256（Base64）。署名に含まれ、違うものは受け付けられません。',
      en: 'MD5 and SHA-256 of the whole in base64, for one PUT: part of the signature, so that nothing else is stored.',
    }),
    contentSha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional()
      .meta({
        ja: '圧縮や暗号化をする前の内容のSHA-256（16進）。Idempotency-Key はこの内容を表します。',
        en: 'SHA-256, in hexadecimal, of the content before it was compressed or encrypted: what the Idempotency-Key stands for.',
      }),
  })
  // As if it were no option there, so that it is told in the language asked for.
  .check(({ value, issues }) => {
    const isMissing = value.sizeBytes === undefined && value.method === 'single';
    if (isMissing) issues.push({ code: 'invalid_type', expected: 'number', input: undefined, path: ['sizeBytes'] });
  });

const partPlan = z
  .object({
    partSizeBytes: z.int().meta({
      ja: '最後を除くすべての部分のバイト数',
      en: 'Bytes of every part but the last, which may be shorter',
    }),
  })
  .register(schemas, { id: 'PartPlan' });

const begunUpload = uploadResource
  .extend({
    put: signedPut.nullable().meta({
      ja: 'ファイルの送り方。部分に分けて送るとき、またはすでに届いていて送る必要がないときは null',
      en: 'How to send the file; null where it goes in parts, or is stored already and nothing needs to be sent.',
    }),
    parts: partPlan.nullable().meta({
      ja: '部分に分けて送るときの分け方。put と両方が null なら、すでに届いています。',
      en: 'How to cut it into parts; null by one PUT. Where put is null too, it is stored already.',
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
    ja: '受け付けを記録し、ファイルを直接保管場所へ送るための署名付きURL（1回のPUT）か、部分の分け方を返します。同じ Idempotency-Key で同じ要求を繰り返すと、最初の送信が返ります（Idempotent-Replayed: true）。届いた後は put も parts も null となり、何も起きません。取り消し・期限切れ・差し戻しで終わった送信のキーは、もう一度使えます。',
    en: 'Writes the intent down and answers with a signed URL for one PUT straight to storage, or with how to cut it into parts. The same request with the same Idempotency-Key, whatever the file is called, gets the first upload again (Idempotent-Replayed: true); once the file is stored, put and parts are null and nothing happens. A key whose upload was cancelled, expired or was refused can be used again.',
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
    'encryption-required',
    'idempotency-key-reused',
    'storage-unavailable',
  ],
  example: `curl --fail-with-body --header "Authorization: Bearer $HIKYAKU_TOKEN" \\
  --header "Content-Type: application/json" --header "Idempotency-Key: cities-2026-11-22" \\
  --data '{"dataset": "cities", "fileName": "cities.csv", "sizeBytes": 1234}' \\
  "$HIKYAKU_URL/v1/uploads"`,
  async handle({ headers, body }, { services, caller, locale }) {
    const { dataset, sizeBytes: bytes, ...file } = body;
    if (!reachesDataset(caller.token, dataset)) throw new HikyakuError('dataset-not-found');
    const request = { datasetSlug: dataset, sizeBytes: bytes, ...file };
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
    return {
      status: begun.isReplay ? 200 : 201,
      headers: begun.isReplay ? { 'idempotent-replayed': 'true' } : { location: `/v1/uploads/${begun.uploadId}` },
      body: {
        ...upload,
        put: begun.method === 'single' ? toSignedPut(begun.put) : null,
        parts: begun.method === 'multipart' ? { partSizeBytes: begun.partSizeBytes } : null,
      },
    };
  },
});
