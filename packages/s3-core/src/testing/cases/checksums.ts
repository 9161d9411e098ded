import { randomBytes } from 'node:crypto';
import {
  GetObjectAttributesCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { checksumNames, type UploadChecksum } from '../../upload/upload-checksum.ts';
import { uploadObject } from '../../upload/upload-object.ts';
import {
  type ConformanceCase,
  type ConformanceContext,
  expectThat,
  refusalOf,
  Unsupported,
} from '../conformance-case.ts';
import { streamOf } from './shared-steps.ts';

const algorithms = ['sha256', 'crc64nvme', 'crc32c'] as const;
const partSizeBytes = 5 * 1024 ** 2;
/** Of its length, and of no bytes. */
const wrong = { sha256: 'A'.repeat(43) + '=', crc64nvme: 'AAAAAAAAAAA=', crc32c: 'AAAAAA==' } as const;

async function headOf({ client, bucket }: ConformanceContext, key: string): Promise<HeadObjectCommandOutput> {
  return client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }));
}

async function expectKept(context: ConformanceContext, algorithm: UploadChecksum, body: Buffer): Promise<void> {
  const { client, bucket, prefix } = context;
  const object = { bucket, key: `${prefix}${algorithm}` };
  const { checksum } = await uploadObject(
    client,
    object,
    { stream: streamOf(body) },
    { checksum: algorithm, partSizeBytes },
  );
  const kept = (await headOf(context, object.key))[checksumNames[algorithm].field];
  if (kept === undefined) throw new Unsupported('it keeps none');
  expectThat(kept === checksum.value, `it keeps ${kept}, and ${checksum.value} was sent`);
}

export const checksumCases: readonly ConformanceCase[] = [
  ...algorithms.map((algorithm) => ({
    name: `a body that is not its ${algorithm} is refused`,
    async run({ client, bucket, prefix }: ConformanceContext) {
      const { field } = checksumNames[algorithm];
      const command = new PutObjectCommand({ Bucket: bucket, Key: `${prefix}x`, Body: 'x', [field]: wrong[algorithm] });
      const refusal = await refusalOf(client.send(command));
      if (!refusal) throw new Unsupported('it was taken: it takes no notice of checksums');
      expectThat(refusal.status === 400, `it was refused with ${refusal.status}`);
    },
  })),
  ...algorithms.map((algorithm) => ({
    name: `the ${algorithm} of an object in one piece is kept and told`,
    run: (context: ConformanceContext) => expectKept(context, algorithm, randomBytes(1_000)),
  })),
  ...algorithms.map((algorithm) => ({
    name: `the ${algorithm} of an object in parts is kept and told`,
    run: (context: ConformanceContext) => expectKept(context, algorithm, randomBytes(partSizeBytes + 1_000)),
  })),
  {
    name: 'the sizes of the parts of an object are told',
    async run({ client, bucket, prefix }) {
      const object = { bucket, key: `${prefix}parts` };
      const body = randomBytes(partSizeBytes + 1_000);
      await uploadObject(client, object, { stream: streamOf(body) }, { partSizeBytes });
      const asked = new GetObjectAttributesCommand({
        Bucket: bucket,
        Key: object.key,
        ObjectAttributes: ['ObjectParts', 'ObjectSize'],
      });
      const told = await client.send(asked).catch(() => undefined);
      const sizes = told?.ObjectParts?.Parts?.map(({ Size }) => Size);
      if (!sizes) throw new Unsupported('it tells none');
      expectThat(sizes.join() === [partSizeBytes, 1_000].join(), `it tells ${sizes.join()}`);
    },
  },
  {
    name: 'encryption with keys of its own is told where it was asked for',
    async run(context) {
      const { client, bucket, prefix } = context;
      const object = { bucket, key: `${prefix}encrypted` };
      await uploadObject(client, object, { stream: streamOf(Buffer.from('x')) }, { encryption: { kind: 'AES256' } });
      const { ServerSideEncryption: told } = await headOf(context, object.key);
      if (told === undefined) throw new Unsupported('it takes no notice of it');
      expectThat(told === 'AES256', `it tells ${told}`);
    },
  },
];
