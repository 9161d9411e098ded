import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { uploadObject } from '@hikyaku/s3-core/upload';
import type { Scene } from './scene.ts';

export async function uploadExample({ client, bucket, folder, log }: Scene): Promise<void> {
  const path = join(folder, '11.csv');
  await writeFile(path, 'id,amount\n1,100\n');
  const { versionId, sha256 } = await uploadObject(
    client,
    { bucket, key: '2026/11.csv' },
    { path },
    {
      contentType: 'text/csv',
      metadata: { sender: 'accounting' },
      tags: { class: 'internal' },
    },
  );
  log(versionId, sha256);

  // A stream of any length, checked by S3 with a CRC of the whole.
  const stream = Readable.from([Buffer.from('one '), Buffer.from('after another')]);
  const { checksum } = await uploadObject(client, { bucket, key: 'stream' }, { stream }, { checksum: 'crc64nvme' });
  log(checksum.algorithm, checksum.value);
}
