import { createHash } from 'node:crypto';
import { createDigest } from '../integrity/object-digest.ts';

/**
 * What S3 checks every piece with and keeps beside the object. Of parts, S3 keeps of a `sha256` that of the parts' digests, of
 * the others that of the whole: a reader needs not know the parts then.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export type UploadChecksum = 'sha256' | 'crc64nvme' | 'crc32c';

/** What S3's requests call it. */
export const checksumNames = {
  sha256: { algorithm: 'SHA256', field: 'ChecksumSHA256', type: 'COMPOSITE' },
  crc64nvme: { algorithm: 'CRC64NVME', field: 'ChecksumCRC64NVME', type: 'FULL_OBJECT' },
  crc32c: { algorithm: 'CRC32C', field: 'ChecksumCRC32C', type: 'FULL_OBJECT' },
} as const satisfies Record<UploadChecksum, { algorithm: string; field: string; type: string }>;

/** In base64, as S3 has it. */
export async function checksumOf(algorithm: UploadChecksum, bytes: Uint8Array): Promise<string> {
  const digest = createDigest(algorithm);
  digest.update(bytes);
  return (await digest.finish()).toString('base64');
}

/** Of all bytes in their order, of which it holds none. */
export class WholeChecksums {
  readonly #sha256 = createHash('sha256');
  readonly #algorithm: UploadChecksum;
  readonly #digest;

  constructor(algorithm: UploadChecksum) {
    this.#algorithm = algorithm;
    this.#digest = algorithm === 'sha256' ? undefined : createDigest(algorithm);
  }

  update(bytes: Uint8Array): void {
    this.#sha256.update(bytes);
    this.#digest?.update(bytes);
  }

  /**
   * In base64. May be called once.
   *
   * @param ofParts in base64, in their order; none of an object in one piece
   */
  async finish(ofParts: readonly string[]): Promise<{ sha256: string; checksum: string }> {
    const sha256 = this.#sha256.digest('base64');
    if (this.#digest) return { sha256, checksum: (await this.#digest.finish()).toString('base64') };
    if (ofParts.length === 0) return { sha256, checksum: sha256 };
    const digests = Buffer.concat(ofParts.map((digest) => Buffer.from(digest, 'base64')));
    return { sha256, checksum: `${await checksumOf(this.#algorithm, digests)}-${ofParts.length}` };
  }
}
