import { downloadObject } from '../src/download/index.ts';
import { clientFor, type S3Access } from './client-for.ts';

/** What the process is told on its command line, as JSON. */
export interface DownloadOrder {
  access: S3Access;
  bucket: string;
  key: string;
  target: string;
  rangeBytes: number;
  connections: number;
}

// A process of its own, to be killed; tells how many bytes lie in its file.
const [order] = process.argv.slice(2).map((text): DownloadOrder => JSON.parse(text));
if (!order) throw new Error('no order');
const { access, bucket, key, target, ...options } = order;
await downloadObject(clientFor(access), { bucket, key }, target, {
  ...options,
  onProgress: ({ receivedBytes }) => process.send?.(receivedBytes),
});
process.disconnect();
process.exit();
