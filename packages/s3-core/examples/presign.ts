import { createHash } from 'node:crypto';
import { createMultipartUpload } from '@hikyaku/s3-core';
import {
  presignDated,
  presignGet,
  presignPart,
  presignPost,
  presignPut,
  signingExpiry,
} from '@hikyaku/s3-core/presign';
import type { Scene } from './scene.ts';

export async function presignExample({ client, bucket, log }: Scene): Promise<void> {
  const { url, expiresAt, limitedBy } = await presignGet(
    client,
    { bucket, key: 'hello.txt', fileName: '挨拶.txt' },
    3_600,
  );
  log(expiresAt, limitedBy, await (await fetch(url)).text());
  log((await signingExpiry(client, 30 * 86_400)).limitedBy);

  // Exactly these bytes, as this type, and only where nothing is yet.
  const body = Buffer.from('signed');
  const digest = {
    md5: createHash('md5').update(body).digest('base64'),
    sha256: createHash('sha256').update(body).digest('base64'),
  };
  const object = { bucket, key: 'signed', contentType: 'text/plain', sizeBytes: body.length, digest };
  const put = await presignPut(client, object, 300);
  log((await fetch(put.url, { method: 'PUT', headers: put.headers, body })).status);

  const upload = await createMultipartUpload(client, { bucket, key: 'signed parts', contentType: 'text/plain' });
  const part = await presignPart(client, upload, { partNumber: 1, sizeBytes: body.length, digest }, 300);
  log((await fetch(part.url, { method: 'PUT', headers: part.headers, body })).status);

  // A form for a browser without a line of script.
  const form = await presignPost(client, { ...object, key: 'form', sizeBytes: { least: 1, most: 1_000 } }, 300);
  log(form.url, Object.keys(form.fields));

  const days = { from: '2026-11-01', to: '2026-11-30' };
  for await (const one of presignDated(client, { bucket, pattern: 'sales/{yyyy}/{MM}/{dd}/', ...days }, 3_600)) {
    log(one.day, one.key, one.url);
  }
}
