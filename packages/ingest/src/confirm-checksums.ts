import { createHash } from 'node:crypto';
import { HikyakuError, type SentChecksums } from '@hikyaku/types';

/**
 * Passes a stored object's bytes through and compares them, part by part, with what the sender said they are. The chunk
 * that ends a wrong part is not passed on. Nothing to compare with is fine: not every sender makes checksums.
 *
 * @throws HikyakuError `checksum-mismatch` with the number of the part; also where bytes are missing or left over
 */
export async function* confirmChecksums(
  source: AsyncIterable<Uint8Array>,
  sent: Pick<SentChecksums, 'partSizeBytes' | 'sha256'> | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (!sent) {
    yield* source;
    return;
  }
  let hash = createHash('sha256');
  let partNumber = 1;
  let left = sent.partSizeBytes;
  const endPart = () => {
    if (hash.digest('base64') !== sent.sha256[partNumber - 1]) throw mismatch(partNumber);
    hash = createHash('sha256');
    partNumber += 1;
    left = sent.partSizeBytes;
  };
  for await (const chunk of source) {
    for (let start = 0; start < chunk.length;) {
      const piece = chunk.subarray(start, start + left);
      hash.update(piece);
      start += piece.length;
      left -= piece.length;
      if (left === 0) endPart();
    }
    yield chunk;
  }
  if (left < sent.partSizeBytes) endPart();
  if (partNumber <= sent.sha256.length) throw mismatch(partNumber);
}

function mismatch(partNumber: number): HikyakuError {
  return new HikyakuError('checksum-mismatch', { details: { partNumber } });
}
