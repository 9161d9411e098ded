import { ageBeginning, decryptAge } from '@hikyaku/encryption';
import { HikyakuError } from '@hikyaku/types';
import { decompressGzip } from './decompress-gzip.ts';
import { peek } from './peek.ts';
import { readChunks } from './read-chunks.ts';

/** Long enough for the longest of the beginnings below. */
const headBytes = 64;
const gzipBeginning = Buffer.from([0x1f, 0x8b]);
/** Encryption that people use and this reader doesn't undo. */
const otherEncryption = [
  ['-----BEGIN AGE ENCRYPTED FILE-----', 'armor'],
  ['-----BEGIN PGP MESSAGE-----', 'openpgp'],
] as const;
const promisesEncryption = /\.age(\.gz)?$/i;

/** What lay around a file's content, from the outside in. */
export interface ContentLayers {
  encryption: 'age' | null;
  compression: 'gzip' | null;
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
 * Takes off what lies around a file's content: age, then gzip, told by the first bytes and never by the name. Memory stays
 * the same however large the file. That a file is whole is known only when `content` has ended without throwing.
 *
 * A name that ends in `.gz` over bytes that aren't compressed is no fault: clients unpack on the way, and nothing is lost.
 *
 * @throws HikyakuError, here or while `content` is read: those of `decryptAge`, `decompressGzip` and `findIdentities`,
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
    const open = isEncrypted
      ? await peek(decryptAge(stored.source, await options.findIdentities()), gzipBeginning.length)
      : stored;
    const isCompressed = open.head.subarray(0, gzipBeginning.length).equals(gzipBeginning);
    return {
      layers: { encryption: isEncrypted ? 'age' : null, compression: isCompressed ? 'gzip' : null },
      content: isCompressed ? decompressGzip(open.source, options.maxContentBytes) : open.source,
    };
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
