import { downloadObject, type DownloadOptions } from '../src/download/index.ts';
import { clientFor, type S3Access } from '../test/client-for.ts';

/** What the process is told on its command line, as JSON. */
export interface DownloadOrder {
  access: S3Access;
  bucket: string;
  key: string;
  target: string;
  options: Pick<DownloadOptions, 'known' | 'acceptUnverified' | 'connections'>;
}

// As a command would do it: starts, downloads, ends. Tells the most memory it has had, in KiB.
const [order] = process.argv.slice(2).map((text): DownloadOrder => JSON.parse(text));
if (!order) throw new Error('no order');
const { access, bucket, key, target, options } = order;
await downloadObject(clientFor(access), { bucket, key }, target, options);
process.stdout.write(`${process.resourceUsage().maxRSS}\n`);
process.exit();
