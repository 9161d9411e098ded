import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { abortMultipartUpload } from '../../abort-multipart-upload.ts';
import { createMultipartUpload } from '../../create-multipart-upload.ts';
import { findObject } from '../../find-object.ts';
import { listParts } from '../../list-parts.ts';
import { presignGet } from '../../presign/presign-get.ts';
import { presignPart } from '../../presign/presign-part.ts';
import { presignPost } from '../../presign/presign-post.ts';
import { presignPut } from '../../presign/presign-put.ts';
import { type ConformanceCase, expectThat, Unsupported } from '../conformance-case.ts';
import { expectBody, put } from './shared-steps.ts';

const body = randomBytes(2_000);
const digest = {
  md5: createHash('md5').update(body).digest('base64'),
  sha256: createHash('sha256').update(body).digest('base64'),
};
const send = async (url: string, method = 'GET', headers: Record<string, string> = {}, content?: Buffer) =>
  (await fetch(url, { method, headers, body: content ? new Uint8Array(content) : null, redirect: 'error' })).status;

export const presignedCases: readonly ConformanceCase[] = [
  {
    name: 'a signed GET brings the object under the name that was signed, and nothing after its time',
    async run({ client, bucket, prefix }) {
      const object = { bucket, key: `${prefix}売上 11月.csv` };
      await put({ client, bucket }, object.key, body);
      const { url } = await presignGet(client, { ...object, fileName: '売上.csv' }, 60);
      const answer = await fetch(url);
      expectThat(Buffer.from(await answer.arrayBuffer()).equals(body), `it brought ${answer.status} and other bytes`);
      const disposition = answer.headers.get('content-disposition') ?? '';
      expectThat(disposition.includes("filename*=UTF-8''"), `its name is ${disposition}`);
      const short = await presignGet(client, object, 1);
      await delay(2_500);
      expectThat((await send(short.url)) === 403, 'it still brings it when its time is over');
    },
  },
  {
    name: 'a signed GET is for one key and one method',
    async run({ client, bucket, prefix }) {
      for (const name of ['one', 'other']) await put({ client, bucket }, prefix + name, body);
      const { url } = await presignGet(client, { bucket, key: `${prefix}one` }, 60);
      expectThat((await send(url.replace(/one(?=\?)/, 'other'))) === 403, 'it brings another object');
      expectThat((await send(url, 'DELETE')) === 403, 'it deletes');
      expectThat((await send(url.replace(/Expires=\d+/, 'Expires=600'))) === 403, 'it lives as long as one likes');
    },
  },
  {
    name: 'a signed PUT writes the body, type and length that were signed, and no others',
    async run({ client, bucket, prefix }) {
      const object = { bucket, key: `${prefix}put`, contentType: 'text/csv', sizeBytes: body.length };
      const { url, headers } = await presignPut(client, { ...object, digest }, 60);
      const other = Buffer.from(body).fill(0, 0, 9);
      expectThat((await send(url, 'PUT', headers, other)) >= 400, 'it took another body');
      expectThat((await send(url, 'PUT', headers, body.subarray(1))) >= 400, 'it took a shorter body');
      expectThat(
        (await send(url, 'PUT', { ...headers, 'content-type': 'text/html' }, body)) === 403,
        'it took another type',
      );
      expectThat((await findObject(client, object)) === undefined, 'something was written all the same');
      expectThat((await send(url, 'PUT', headers, body)) === 200, 'it refused what was signed');
      await expectBody({ client, bucket }, object.key, body);
    },
  },
  {
    name: 'a signed part takes the bytes that were signed, as the part that was signed',
    async run({ client, bucket, prefix }) {
      const upload = await createMultipartUpload(client, { bucket, key: `${prefix}part`, contentType: 'text/csv' });
      const signed = await presignPart(client, upload, { partNumber: 1, sizeBytes: body.length, digest }, 60);
      const elsewhere = signed.url.replace(/partNumber=1/, 'partNumber=2');
      expectThat((await send(elsewhere, 'PUT', signed.headers, body)) === 403, 'it was taken as another part');
      expectThat(
        (await send(signed.url, 'PUT', signed.headers, Buffer.alloc(body.length))) >= 400,
        'it took other bytes',
      );
      expectThat((await send(signed.url, 'PUT', signed.headers, body)) === 200, 'it refused what was signed');
      expectThat((await listParts(client, upload))?.length === 1, 'the part is not there');
      await abortMultipartUpload(client, upload);
    },
  },
  {
    name: 'a signed form writes its key and type within its sizes, and no others',
    async run({ client, bucket, prefix }) {
      const object = {
        bucket,
        key: `${prefix}form`,
        contentType: 'text/csv',
        sizeBytes: { least: 1_000, most: 3_000 },
      };
      const { url, fields } = await presignPost(client, object, 60);
      const post = async (changed: Record<string, string>, content: Buffer) => {
        const data = new FormData();
        for (const [name, value] of Object.entries({ ...fields, ...changed })) data.set(name, value);
        data.set('file', new Blob([new Uint8Array(content)]));
        return (await fetch(url, { method: 'POST', body: data })).status;
      };
      const right = await post({}, body);
      if (right === 405 || right === 501) throw new Unsupported(`it answers forms with ${right}`);
      expectThat(right < 300, `it refused what was signed with ${right}`);
      expectThat((await post({ key: `${prefix}other` }, body)) >= 400, 'it wrote another key');
      expectThat((await post({}, body.subarray(0, 999))) >= 400, 'it took too few bytes');
      expectThat((await post({}, Buffer.alloc(3_001))) >= 400, 'it took too many bytes');
    },
  },
];
