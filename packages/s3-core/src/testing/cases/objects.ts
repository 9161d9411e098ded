import { randomBytes } from 'node:crypto';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { findObject } from '../../find-object.ts';
import { getObject } from '../../read/get-object.ts';
import { uploadObject } from '../../upload/upload-object.ts';
import { type ConformanceCase, expectThat, refusalOf } from '../conformance-case.ts';
import { expectBody, put, streamOf } from './shared-steps.ts';

export const objectCases: readonly ConformanceCase[] = [
  {
    name: 'an object comes back byte for byte, with its length, type and metadata',
    async run({ client, bucket, prefix }) {
      const body = randomBytes(100_000);
      const object = { bucket, key: `${prefix}object` };
      const metadata = { batch: '7' };
      await uploadObject(client, object, { stream: streamOf(body) }, { contentType: 'text/csv', metadata });
      const found = await getObject(client, object);
      expectThat(found.status === 'found' && found.body.equals(body), 'other bytes came back');
      expectThat(found.contentType === 'text/csv', `its type is ${found.contentType}`);
      expectThat(found.userMetadata['batch'] === '7', 'its metadata are lost');
    },
  },
  {
    name: 'an object may be empty',
    async run({ client, bucket, prefix }) {
      await put({ client, bucket }, `${prefix}empty`, Buffer.alloc(0));
      expectThat((await findObject(client, { bucket, key: `${prefix}empty` }))?.sizeBytes === 0, 'it is not empty');
      await expectBody({ client, bucket }, `${prefix}empty`, Buffer.alloc(0));
    },
  },
  {
    name: 'what is written is there at once, and what is deleted is gone at once',
    async run({ client, bucket, prefix }) {
      const key = `${prefix}consistent`;
      for (let round = 0; round < 5; round += 1) {
        await put({ client, bucket }, key, Buffer.from(`round ${round}`));
        await expectBody({ client, bucket }, key, Buffer.from(`round ${round}`));
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
        expectThat((await findObject(client, { bucket, key })) === undefined, 'it is still there');
      }
    },
  },
  {
    name: 'a range is exactly the range',
    async run({ client, bucket, prefix }) {
      const body = randomBytes(10_000);
      await put({ client, bucket }, `${prefix}ranges`, body);
      for (const [from, to] of [
        [0, 0],
        [1, 9_998],
        [9_999, 9_999],
        [5_000, 20_000],
      ] as const) {
        const Range = `bytes=${from}-${to}`;
        const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: `${prefix}ranges`, Range }));
        const last = Math.min(to, body.length - 1);
        expectThat(answer.ContentRange === `bytes ${from}-${last}/10000`, `${Range} is told as ${answer.ContentRange}`);
        const got = Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
        expectThat(got.equals(body.subarray(from, last + 1)), `${Range} brought other bytes`);
      }
    },
  },
  {
    name: 'a range behind the end is refused as one',
    async run({ client, bucket, prefix }) {
      await put({ client, bucket }, `${prefix}short`, Buffer.from('short'));
      const request = client.send(new GetObjectCommand({ Bucket: bucket, Key: `${prefix}short`, Range: 'bytes=5-9' }));
      expectThat((await refusalOf(request))?.status === 416, 'it was not refused with 416');
    },
  },
  {
    name: 'the MD5 of a body is checked, and is the ETag of what was sent in one piece',
    async run({ client, bucket, prefix }) {
      const Key = `${prefix}md5`;
      const wrong = new PutObjectCommand({ Bucket: bucket, Key, Body: 'x', ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' });
      expectThat((await refusalOf(client.send(wrong)))?.status === 400, 'a wrong one was taken');
      expectThat((await findObject(client, { bucket, key: Key })) === undefined, 'something was written all the same');
      const { ETag } = await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'hello' }));
      expectThat(ETag === '"5d41402abc4b2a76b9719d911017c592"', `its ETag is ${ETag}`);
    },
  },
  {
    name: 'tags are kept',
    async run({ client, bucket, prefix }) {
      const object = { bucket, key: `${prefix}tags` };
      const tags = { 部署: '営業', a: 'b c&d' };
      await uploadObject(client, object, { stream: streamOf(Buffer.from('x')) }, { tags });
      const found = await getObject(client, object, { withTags: true });
      const kept = found.status === 'found' ? found.tags : undefined;
      expectThat(kept?.['部署'] === '営業' && kept['a'] === 'b c&d', `they came back as ${JSON.stringify(kept)}`);
    },
  },
];
