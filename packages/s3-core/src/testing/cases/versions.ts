import { DeleteObjectCommand, GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { findObject } from '../../find-object.ts';
import { listVersions } from '../../list/list-versions.ts';
import { getObject } from '../../read/get-object.ts';
import { type ConformanceCase, type ConformanceContext, expectThat, Unsupported } from '../conformance-case.ts';
import { put } from './shared-steps.ts';

async function needVersions({ client, bucket }: ConformanceContext): Promise<void> {
  const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket: bucket }));
  if (Status !== 'Enabled') throw new Unsupported('the bucket keeps no versions');
}

export const versionCases: readonly ConformanceCase[] = [
  {
    name: 'a version that was overwritten is read by its id, and listed behind the newer one',
    async run(context) {
      await needVersions(context);
      const { client, bucket, prefix } = context;
      const object = { bucket, key: `${prefix}versions` };
      const written: string[] = [];
      for (const text of ['first', 'second', 'third']) {
        await put({ client, bucket }, object.key, Buffer.from(text));
        written.push((await findObject(client, object))?.versionId ?? '');
      }
      const found = await getObject(client, { ...object, versionId: written[0] });
      expectThat(found.status === 'found' && String(found.body) === 'first', 'the first one came back as another');
      const { versions } = await listVersions(client, { bucket, prefix });
      const listed = versions.map(({ versionId }) => versionId);
      expectThat(listed.join() === written.toReversed().join(), 'they are listed in another order');
    },
  },
  {
    name: 'what is deleted without a version is hidden, and its versions can still be read',
    async run(context) {
      await needVersions(context);
      const { client, bucket, prefix } = context;
      const object = { bucket, key: `${prefix}hidden` };
      await put({ client, bucket }, object.key, Buffer.from('still here'));
      const versionId = (await findObject(client, object))?.versionId;
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: object.key }));
      expectThat((await findObject(client, object)) === undefined, 'it is still shown');
      const found = await getObject(client, { ...object, versionId });
      expectThat(found.status === 'found' && String(found.body) === 'still here', 'its version is gone');
    },
  },
];
