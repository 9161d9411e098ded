import { join } from 'node:path';
import {
  createCompositeDigest,
  createDigest,
  deleteLeftovers,
  downloadObject,
  pathInFolder,
  pinObject,
  planVerification,
  prepareDigest,
  prepareTarget,
} from '@hikyaku/s3-core/download';
import type { Scene } from './scene.ts';

export async function downloadExample({ client, bucket, folder, log }: Scene): Promise<void> {
  // Whole and verified under its name, or not there. Run again after a kill it goes on where it was.
  const { verified, fetchedBytes, resumedBytes } = await downloadObject(
    client,
    { bucket, key: 'hello.txt' },
    join(folder, 'hello.txt'),
    {
      connections: 8,
      onProgress: ({ receivedBytes, sizeBytes }) => log(`${receivedBytes} of ${sizeBytes}`),
    },
  );
  log(verified?.algorithm, fetchedBytes, resumedBytes);

  // A key as a path, byte for byte; `unsafe-name` where it would lead elsewhere.
  const path = await prepareTarget(folder, '2026/11/売上.csv');
  log(path === pathInFolder(folder, '2026/11/売上.csv'));
  await deleteLeftovers(path);

  // What the bytes can be told by, and the digest that has to come out.
  const pinned = await pinObject(client, { bucket, key: 'hello.txt' });
  const plan = planVerification(pinned);
  const started = plan?.start();
  started?.digest.update(Buffer.from('Hello, S3!'));
  log(started && started.read(await started.digest.finish()) === plan?.expected);

  await prepareDigest('crc64nvme');
  const crc = createDigest('crc64nvme');
  crc.update(Buffer.from('123456789'));
  log((await crc.finish()).toString('hex'));
  const ofParts = createCompositeDigest('sha256', () => 16 * 1024 ** 2);
  ofParts.update(Buffer.from('of parts'));
  log((await ofParts.finish()).toString('base64'), ofParts.partCount);
}
