import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { HikyakuError } from '@hikyaku/types';
import { findObject } from '../../find-object.ts';
import { getObject } from '../../read/get-object.ts';
import { uploadObject } from '../../upload/upload-object.ts';
import {
  type ConformanceCase,
  type ConformanceContext,
  expectThat,
  refusalOf,
  Unsupported,
} from '../conformance-case.ts';
import { expectBody, put, streamOf } from './shared-steps.ts';

async function etagOf({ client, bucket, prefix }: ConformanceContext): Promise<string> {
  await put({ client, bucket }, `${prefix}object`, Buffer.from('first'));
  return (await findObject(client, { bucket, key: `${prefix}object` }))?.etag ?? '';
}

export const conditionCases: readonly ConformanceCase[] = [
  {
    name: 'a read that asks for another ETag is refused, and one that has it already brings nothing',
    async run(context) {
      const { client, bucket, prefix } = context;
      const etag = await etagOf(context);
      const object = { bucket, key: `${prefix}object` };
      const other = await getObject(client, object, { ifMatch: '0'.repeat(32) }).catch((error: unknown) => error);
      expectThat(other instanceof HikyakuError && other.code === 'precondition-failed', 'If-Match did not refuse');
      expectThat((await getObject(client, object, { ifMatch: etag })).status === 'found', 'If-Match refused its own');
      expectThat(
        (await getObject(client, object, { ifNoneMatch: etag })).status === 'not-modified',
        'it was sent again',
      );
    },
  },
  {
    name: 'a range of another ETag is refused: a download never mixes two objects',
    async run(context) {
      const { client, bucket, prefix } = context;
      const ifMatch = await etagOf(context);
      await put({ client, bucket }, `${prefix}object`, Buffer.from('other'));
      const read = await getObject(client, { bucket, key: `${prefix}object` }, { ifMatch }).catch(
        (error: unknown) => error,
      );
      expectThat(read instanceof HikyakuError && read.code === 'precondition-failed', 'bytes of another object came');
    },
  },
  {
    name: 'If-None-Match keeps one PUT from writing over what is there',
    run: (context) => expectOnlyOnce(context, Buffer.from('second')),
  },
  {
    name: 'If-None-Match keeps an upload in parts from writing over what is there',
    run: (context) => expectOnlyOnce(context, Buffer.alloc(5 * 1024 ** 2 + 1, 'x')),
  },
  {
    name: 'of two writers that ask for If-None-Match at once one wins',
    async run({ client, bucket, prefix }) {
      const writes = ['a', 'b', 'c', 'd'].map((Body) =>
        refusalOf(client.send(new PutObjectCommand({ Bucket: bucket, Key: `${prefix}raced`, Body, IfNoneMatch: '*' }))),
      );
      const written = (await Promise.all(writes)).filter((refusal) => refusal === undefined).length;
      if (written === 4) throw new Unsupported('all four were written: it takes no notice of If-None-Match here');
      expectThat(written === 1, `${written} of four were written`);
    },
  },
  {
    name: 'deleting what is not there is no error',
    async run({ client, bucket, prefix }) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: `${prefix}nothing` }));
    },
  },
];

async function expectOnlyOnce({ client, bucket, prefix }: ConformanceContext, body: Buffer): Promise<void> {
  const object = { bucket, key: `${prefix}once` };
  await put({ client, bucket }, object.key, Buffer.from('first'));
  const options = { onlyIfAbsent: true, partSizeBytes: 5 * 1024 ** 2 };
  const second = await uploadObject(client, object, { stream: streamOf(body) }, options).catch(
    (error: unknown) => error,
  );
  if (!(second instanceof Error))
    throw new Unsupported('it was written over: it takes no notice of If-None-Match here');
  expectThat(
    second instanceof HikyakuError && second.code === 'precondition-failed',
    `it was refused as ${second.message}`,
  );
  await expectBody({ client, bucket }, object.key, Buffer.from('first'));
}
