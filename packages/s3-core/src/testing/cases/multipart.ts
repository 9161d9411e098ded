import { createHash, randomBytes } from 'node:crypto';
import { CompleteMultipartUploadCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { createMultipartUpload } from '../../create-multipart-upload.ts';
import { abortMultipartUpload } from '../../abort-multipart-upload.ts';
import { findObject } from '../../find-object.ts';
import { listParts } from '../../list-parts.ts';
import { uploadObject } from '../../upload/upload-object.ts';
import { type ConformanceCase, expectThat, refusalOf } from '../conformance-case.ts';
import { listUploads } from '../list-uploads.ts';
import { expectBody, streamOf } from './shared-steps.ts';

const partSizeBytes = 5 * 1024 ** 2;
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest();

export const multipartCases: readonly ConformanceCase[] = [
  {
    name: 'parts become one object, whose ETag is the MD5 of their MD5s',
    async run({ client, bucket, prefix }) {
      const body = randomBytes(partSizeBytes + 1_000);
      const object = { bucket, key: `${prefix}parts` };
      const { etag } = await uploadObject(client, object, { stream: streamOf(body) }, { partSizeBytes });
      await expectBody({ client, bucket }, object.key, body);
      const parts = Buffer.concat([md5(body.subarray(0, partSizeBytes)), md5(body.subarray(partSizeBytes))]);
      expectThat(etag === `${md5(parts).toString('hex')}-2`, `its ETag is ${etag}`);
    },
  },
  {
    name: 'parts are listed with their sizes and ETags, over pages, and one sent again takes the place of the other',
    async run({ client, bucket, prefix }) {
      const upload = await createMultipartUpload(client, { bucket, key: `${prefix}listed`, contentType: 'text/csv' });
      const named = { Bucket: bucket, Key: upload.key, UploadId: upload.id };
      for (const [PartNumber, Body] of [
        [2, 'bb'],
        [1, 'a'],
        [2, 'BB!'],
        [7, 'g'],
      ] as const) {
        await client.send(new UploadPartCommand({ ...named, PartNumber, Body: Buffer.from(Body) }));
      }
      const parts = (await listParts(client, upload)) ?? [];
      const found = parts.map(({ partNumber, sizeBytes, etag }) => [partNumber, sizeBytes, etag].join());
      const expected = [
        [1, 'a'],
        [2, 'BB!'],
        [7, 'g'],
      ] as const;
      const wanted = expected.map(([n, text]) => [n, text.length, md5(Buffer.from(text)).toString('hex')].join());
      expectThat(found.join('|') === wanted.join('|'), `they are ${JSON.stringify(found)}`);
      await abortMultipartUpload(client, upload);
    },
  },
  {
    name: 'an upload that is given up leaves no parts',
    async run({ client, bucket, prefix }) {
      const upload = await createMultipartUpload(client, { bucket, key: `${prefix}given-up`, contentType: 'text/csv' });
      const part = { Bucket: bucket, Key: upload.key, UploadId: upload.id, PartNumber: 1, Body: Buffer.from('x') };
      await client.send(new UploadPartCommand(part));
      expectThat(await abortMultipartUpload(client, upload), 'parts are left');
      expectThat((await listUploads(client, bucket, prefix)).length === 0, 'it is still listed');
      expectThat((await refusalOf(client.send(new UploadPartCommand(part))))?.status === 404, 'it takes more parts');
      expectThat((await findObject(client, { bucket, key: upload.key })) === undefined, 'there is an object');
    },
  },
  {
    name: 'a part that is none of the upload, or too small in its middle, is refused when it is completed',
    async run({ client, bucket, prefix }) {
      const upload = await createMultipartUpload(client, { bucket, key: `${prefix}wrong`, contentType: 'text/csv' });
      const named = { Bucket: bucket, Key: upload.key, UploadId: upload.id };
      const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
      for (const PartNumber of [1, 2]) {
        const { ETag } = await client.send(new UploadPartCommand({ ...named, PartNumber, Body: Buffer.from('small') }));
        Parts.push({ PartNumber, ETag });
      }
      const complete = (parts: typeof Parts) =>
        refusalOf(client.send(new CompleteMultipartUploadCommand({ ...named, MultipartUpload: { Parts: parts } })));
      const other = await complete([{ PartNumber: 1, ETag: `"${'0'.repeat(32)}"` }]);
      expectThat(other?.status === 400, 'an ETag of no part was taken');
      expectThat((await complete(Parts))?.name === 'EntityTooSmall', 'a small part was taken');
      await abortMultipartUpload(client, upload);
    },
  },
  {
    name: 'an upload that broke off goes on: what is there is not sent again',
    async run({ client, bucket, prefix }) {
      const body = randomBytes(partSizeBytes + 1_000);
      const object = { bucket, key: `${prefix}resumed` };
      const controller = new AbortController();
      let uploadId = '';
      const first = uploadObject(
        client,
        object,
        { stream: streamOf(body) },
        {
          partSizeBytes,
          keepParts: true,
          connections: 1,
          signal: controller.signal,
          onBegun: (id) => (uploadId = id),
          onProgress: () => controller.abort(new Error('enough')),
        },
      );
      await first.catch(() => undefined);
      const { resumedBytes } = await uploadObject(
        client,
        object,
        { stream: streamOf(body) },
        { partSizeBytes, resume: { uploadId } },
      );
      expectThat(resumedBytes >= partSizeBytes, `${resumedBytes} bytes were there`);
      await expectBody({ client, bucket }, object.key, body);
    },
  },
];
