import { createHash } from 'node:crypto';
import { HikyakuError } from '@hikyaku/types';

export interface MeasuredObject {
  /** The same bytes, once. */
  bytes: AsyncIterable<Uint8Array>;
  /** How many came by so far. */
  bytesRead(): number;
  /** Of the bytes that came by, in base64 as S3 writes it. After the last. */
  checksumSha256(): string;
}

/**
 * Looks at an object's bytes as they are stored, on their way to whoever takes them apart. Where fewer or more come than the
 * object has, nobody behind gets to see an end: what storage cut off is not taken for a damaged file. Nor where the whole is not what its sender said it is, in base64, if they did.
 *
 * While reading throws `HikyakuError` `storage-unavailable` (retriable; expected, found), `checksum-mismatch`; errors of the source as
 * they are
 */
export function measureObject(
  source: AsyncIterable<Uint8Array>,
  { sizeBytes, sha256 }: { sizeBytes: number; sha256?: string | null | undefined },
): MeasuredObject {
  const hash = createHash('sha256');
  let digest: string | undefined;
  const digestInBase64 = () => (digest ??= hash.digest('base64'));
  let count = 0;
  async function* measured(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of source) {
      hash.update(chunk);
      count += chunk.length;
      yield chunk;
    }
    if (count !== sizeBytes) {
      throw new HikyakuError('storage-unavailable', {
        details: { expected: sizeBytes, found: count },
        retriable: true,
      });
    }
    if (sha256 && digestInBase64() !== sha256) throw new HikyakuError('checksum-mismatch');
  }
  return { bytes: measured(), bytesRead: () => count, checksumSha256: digestInBase64 };
}
