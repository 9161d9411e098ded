import { formatOf, type TextEncoding } from '@hikyaku/datasets/reading';
import type { ReadingRules } from '@hikyaku/types';
import { type Preview, readPreview } from './preview.ts';
import { readContent } from './reading/read-content.ts';

const previewBytes = 256 * 1024;

/** The first rows of a file as they would be read in an encoding of one's choice; null where there is nothing to read. */
export async function previewFile(file: Blob, rules: ReadingRules, encoding: TextEncoding): Promise<Preview | null> {
  const head = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  const { bytes, isWhole } = await readBeginning(file, formatOf(head) === 'gzip');
  return bytes.length === 0 ? null : readPreview(bytes, isWhole, rules, encoding);
}

/** As much of what a file contains as a preview is made of; what is unpacked comes in small pieces. */
async function readBeginning(file: Blob, isGzip: boolean): Promise<{ bytes: Uint8Array; isWhole: boolean }> {
  const bytes = new Uint8Array(previewBytes);
  const untilByte = Math.min(previewBytes, file.size);
  let length = 0;
  for await (const chunk of readContent(file, { isGzip, untilByte, signal: undefined })) {
    const fitting = chunk.bytes.subarray(0, previewBytes - length);
    bytes.set(fitting, length);
    length += fitting.length;
    if (chunk.end === 'last' && fitting.length === chunk.bytes.length)
      return { bytes: bytes.subarray(0, length), isWhole: true };
    if (length === previewBytes) break;
  }
  return { bytes: bytes.subarray(0, length), isWhole: false };
}
