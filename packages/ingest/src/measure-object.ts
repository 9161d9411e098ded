import { createHash } from 'node:crypto';
import { HikyakuError } from '@hikyaku/types';

export interface MeasuredObject {
  /** The same bytes, once. */
  bytes: AsyncIterable<Uint8Array>;
  /** How many came by so far. */
  bytesRead(): number;
  /** Of the bytes that came by, in base64 as S3 writes it. Once, after the last. */
  checksumSha256(): string;
}

/**
 * Looks at an object's bytes as they are stored, on their way to whoever takes them apart. Where fewer or more come than the
 * object has, nobody behind gets to see an end: what storage cut off is not taken for a damaged file.
 *
 * While reading throws `HikyakuError` `storage-unavailable` (retriable; expected, found); errors of the source as they are
 */
export function measureObject(source: AsyncIterable<Uint8Array>, sizeBytes: number): MeasuredObject {
  const hash = createHash('sha256');
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
  }
  return { bytes: measured(), bytesRead: () => count, checksumSha256: () => hash.digest('base64') };
}
