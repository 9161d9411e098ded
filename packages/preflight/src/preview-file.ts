import { formatOf, type TextEncoding } from '@hikyaku/datasets/reading';
import type { ReadingRules } from '@hikyaku/types';
import { type Preview, readPreview } from './preview.ts';
import { readContent } from './reading/read-content.ts';

const previewBytes = 256 * 1024;

/** The first rows of a file as they would be read in an encoding of one's choice; null where there is nothing to read. */
export async function previewFile(file: Blob, rules: ReadingRules, encoding: TextEncoding): Promise<Preview | null> {
  const head = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  const untilByte = Math.min(previewBytes, file.size);
  for await (const { bytes, end } of readContent(file, {
    isGzip: formatOf(head) === 'gzip',
    untilByte,
    signal: undefined,
  })) {
    if (bytes.length > 0) return readPreview(bytes.subarray(0, previewBytes), end === 'last', rules, encoding);
  }
  return null;
}
