import { readChunks } from './read-chunks.ts';
import { type Compression, removeCompression } from './remove-compression.ts';
import { type EncryptionRules, removeEncryption } from './remove-encryption.ts';

/** What lay around a file's content, from the outside in. */
export interface ContentLayers {
  encryption: 'age' | 'openpgp' | null;
  compression: Compression | null;
}

export interface OpenContentOptions extends EncryptionRules {
  signal?: AbortSignal;
}

/**
 * Takes off what lies around a file's content: encryption, then gzip or zip, told by the first bytes and never by the name. Memory stays
 * the same however large the file. That a file is whole is known only when `content` has ended without throwing.
 *
 * A name that ends in `.gz` over bytes that aren't compressed is no fault: clients unpack on the way, and nothing is lost.
 *
 * @throws HikyakuError, here or while `content` is read: those of `removeEncryption` and `removeCompression`, `stopped` or the
 * signal's reason
 */
export async function openContent(
  source: AsyncIterable<Uint8Array>,
  options: OpenContentOptions,
): Promise<{ layers: ContentLayers; content: AsyncIterable<Uint8Array> }> {
  const { encryption, source: stored } = await removeEncryption(readChunks(source, options.signal), options);
  const { compression, content } = await removeCompression(stored, options.maxContentBytes);
  return { layers: { encryption, compression }, content };
}
