import { decompressGzip } from './decompress-gzip.ts';
import { peek } from './peek.ts';
import { readChunks } from './read-chunks.ts';
import { type EncryptionRules, removeEncryption } from './remove-encryption.ts';

const gzipBeginning = Buffer.from([0x1f, 0x8b]);

/** What lay around a file's content, from the outside in. */
export interface ContentLayers {
  encryption: 'age' | 'openpgp' | null;
  compression: 'gzip' | null;
}

export interface OpenContentOptions extends EncryptionRules {
  signal?: AbortSignal;
}

/**
 * Takes off what lies around a file's content: encryption, then gzip, told by the first bytes and never by the name. Memory stays
 * the same however large the file. That a file is whole is known only when `content` has ended without throwing.
 *
 * A name that ends in `.gz` over bytes that aren't compressed is no fault: clients unpack on the way, and nothing is lost.
 *
 * @throws HikyakuError, here or while `content` is read: those of `removeEncryption` and `decompressGzip`, `stopped` or the
 * signal's reason
 */
export async function openContent(
  source: AsyncIterable<Uint8Array>,
  options: OpenContentOptions,
): Promise<{ layers: ContentLayers; content: AsyncIterable<Uint8Array> }> {
  const { encryption, source: stored } = await removeEncryption(readChunks(source, options.signal), options);
  const open = await peek(stored, gzipBeginning.length);
  const isCompressed = open.head.subarray(0, gzipBeginning.length).equals(gzipBeginning);
  return {
    layers: { encryption, compression: isCompressed ? 'gzip' : null },
    content: isCompressed ? decompressGzip(open.source, options.maxContentBytes) : open.source,
  };
}
