import type { S3Client } from '@aws-sdk/client-s3';
import { downloadObject, type DownloadOptions } from '../src/download/index.ts';
import { clientFor, type S3Access } from '../test/client-for.ts';
import { downloadUnverified } from './download-unverified.ts';

/** What the process is told on its command line, as JSON. */
export interface DownloadOrder {
  access: S3Access;
  bucket: string;
  key: string;
  target: string;
  options: Pick<DownloadOptions, 'known' | 'connections'>;
  /** A CRC of the whole that S3 would tell, as it does of every object and the embedded gateway of none; `none` verifies nothing. */
  checksum?: { algorithm: 'crc32c' | 'crc64nvme'; value: string } | 'none';
}

/** Has every HEAD answer with it. */
function tellChecksum(
  client: S3Client,
  { algorithm, value }: { algorithm: 'crc32c' | 'crc64nvme'; value: string },
): void {
  const field = { crc32c: 'ChecksumCRC32C', crc64nvme: 'ChecksumCRC64NVME' }[algorithm];
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args);
      return context['commandName'] === 'HeadObjectCommand'
        ? { ...result, output: { ...result.output, [field]: value } }
        : result;
    },
    { step: 'initialize', name: 'tellChecksum' },
  );
}

// As a command would do it: starts, downloads, ends. Tells the most memory it has had, in KiB.
const [order] = process.argv.slice(2).map((text): DownloadOrder => JSON.parse(text));
if (!order) throw new Error('no order');
const { access, bucket, key, target, options, checksum } = order;
const client = clientFor(access);
if (checksum === 'none') await downloadUnverified(client, { bucket, key }, target);
else {
  if (checksum) tellChecksum(client, checksum);
  await downloadObject(client, { bucket, key }, target, options);
}
process.stdout.write(`${process.resourceUsage().maxRSS}\n`);
process.exit();
