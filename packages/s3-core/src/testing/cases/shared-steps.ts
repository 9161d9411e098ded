import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getObject } from '../../read/get-object.ts';
import { type ConformanceContext, expectThat } from '../conformance-case.ts';

type Place = Pick<ConformanceContext, 'client' | 'bucket'>;

export async function put({ client, bucket }: Place, key: string, body: Uint8Array): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
}

export async function expectBody({ client, bucket }: Place, key: string, body: Buffer): Promise<void> {
  const found = await getObject(client, { bucket, key });
  expectThat(found.status === 'found' && found.body.equals(body), 'other bytes came back');
}

export async function* streamOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
