import { formatOf } from '@hikyaku/datasets/reading';
import { HikyakuError } from '@hikyaku/types';
import { decompressGzip } from './decompress-gzip.ts';
import { decompressZip } from './decompress-zip.ts';
import { peek } from './peek.ts';

/** Long enough to tell a zip file from a workbook, which is one too. */
const headBytes = 512;
const packed = new Set(['gzip', 'zip']);

export type Compression = 'gzip' | 'zip';

/**
 * Unpacks what is compressed, once, told by its first bytes. An Office file is a zip of parts and stays as it is.
 *
 * @throws HikyakuError, here or while `content` is read: those of `decompressGzip` and `decompressZip`, `nested-compression`
 * where what was compressed is compressed again; errors of the source as they are. The source is closed then.
 */
export async function removeCompression(
  source: AsyncIterable<Uint8Array>,
  maxContentBytes: number,
): Promise<{ compression: Compression | null; content: AsyncIterable<Uint8Array> }> {
  const { head, source: whole } = await peek(source, headBytes);
  switch (formatOf(head)) {
    case 'gzip':
      return { compression: 'gzip', content: once(decompressGzip(whole, maxContentBytes)) };
    case 'zip':
      return { compression: 'zip', content: once(decompressZip(whole, maxContentBytes)) };
    default:
      return { compression: null, content: whole };
  }
}

/** Nobody knows how deep it goes, and nobody does it on purpose. */
async function* once(unpacked: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const { head, source } = await peek(unpacked, headBytes);
  try {
    const found = formatOf(head);
    if (found !== undefined && packed.has(found)) throw new HikyakuError('nested-compression', { details: { found } });
    yield* source;
  } finally {
    await source.return?.();
  }
}
