import { ageBeginning, decryptAge } from '@hikyaku/encryption';
import { HikyakuError } from '@hikyaku/types';
import { peek } from './peek.ts';
import { readChunks } from './read-chunks.ts';
import { type Compression, removeCompression } from './remove-compression.ts';

/** Long enough for the longest of the beginnings below. */
const headBytes = 64;
/** Encryption that people use and this reader doesn't undo. */
const otherEncryption = [
  ['-----BEGIN AGE ENCRYPTED FILE-----', 'armor'],
  ['-----BEGIN PGP MESSAGE-----', 'openpgp'],
] as const;
const promisesEncryption = /\.age(\.gz|\.zip)?$/i;

/** What lay around a file's content, from the outside in. */
export interface ContentLayers {
  encryption: 'age' | null;
  compression: Compression | null;
}

export interface OpenContentOptions {
  /** What a name promises is held against the content: nobody's open file passes for an encrypted one. */
  fileName: string;
  /** Private keys, see `decryptAge`. Asked for encrypted files only. */
  findIdentities: () => Promise<readonly string[]>;
  /** What a compressed file may unpack to. */
  maxContentBytes: number;
  signal?: AbortSignal;
}

/**
 * Takes off what lies around a file's content: age, then gzip or zip, told by the first bytes and never by the name. Memory stays
 * the same however large the file. That a file is whole is known only when `content` has ended without throwing.
 *
 * A name that ends in `.gz` over bytes that aren't compressed is no fault: clients unpack on the way, and nothing is lost.
 *
 * @throws HikyakuError, here or while `content` is read: those of `decryptAge`, `removeCompression` and `findIdentities`,
 * `not-encrypted`, `unsupported-encryption` (kind: `armor`, `openpgp`), `stopped` or the signal's reason
 */
export async function openContent(
  source: AsyncIterable<Uint8Array>,
  options: OpenContentOptions,
): Promise<{ layers: ContentLayers; content: AsyncIterable<Uint8Array> }> {
  const stored = await peek(readChunks(source, options.signal), headBytes);
  try {
    const isEncrypted = beginsWith(stored.head, ageBeginning);
    if (!isEncrypted) refuseMeantEncrypted(stored.head, options.fileName);
    const open = isEncrypted ? decryptAge(stored.source, await options.findIdentities()) : stored.source;
    const { compression, content } = await removeCompression(open, options.maxContentBytes);
    return { layers: { encryption: isEncrypted ? 'age' : null, compression }, content };
  } catch (error) {
    await stored.source.return?.();
    throw error;
  }
}

function refuseMeantEncrypted(head: Buffer, fileName: string): void {
  const other = otherEncryption.find(([beginning]) => beginsWith(head, beginning));
  if (other) throw new HikyakuError('unsupported-encryption', { details: { kind: other[1] } });
  if (promisesEncryption.test(fileName)) throw new HikyakuError('not-encrypted');
}

function beginsWith(head: Buffer, beginning: string): boolean {
  return head.subarray(0, beginning.length).toString('latin1') === beginning;
}
