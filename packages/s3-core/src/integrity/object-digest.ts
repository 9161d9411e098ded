import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc32c } from '@node-rs/crc32';
import { createCrc64Nvme, prepareCrc64Nvme } from './crc64-nvme.ts';

/** S3's checksums, and MD5 for its ETags. */
export type DigestAlgorithm = 'sha256' | 'sha1' | 'md5' | 'crc32' | 'crc32c' | 'crc64nvme';

/** Takes bytes in their order. */
export interface RunningDigest {
  update(bytes: Uint8Array): void;
  /** May be called once. */
  finish(): Promise<Buffer>;
}

/** What makes digests of it fast, where that takes a moment; they are right without it. */
export async function prepareDigest(algorithm: DigestAlgorithm): Promise<void> {
  if (algorithm === 'crc64nvme') await prepareCrc64Nvme();
}

/** CRC32C by the processor's own instructions (`@node-rs/crc32`), CRC32 by zlib, CRC64NVME by WebAssembly after `prepareDigest`. */
export function createDigest(algorithm: DigestAlgorithm): RunningDigest {
  if (algorithm === 'crc32') return createCrc32(crc32);
  if (algorithm === 'crc32c') return createCrc32((bytes, before) => crc32c(asBuffer(bytes), before));
  if (algorithm === 'crc64nvme') return createCrc64Nvme();
  const hashing = createHash(algorithm);
  return { update: (bytes) => void hashing.update(bytes), finish: async () => hashing.digest() };
}

function createCrc32(next: (bytes: Uint8Array, before: number) => number): RunningDigest {
  let crc = 0;
  return {
    update(bytes) {
      crc = next(bytes, crc);
    },
    async finish() {
      const digest = Buffer.alloc(4);
      digest.writeUInt32BE(crc);
      return digest;
    },
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * The digest of an object that was sent in parts: that of its parts' digests, one behind the other. `partSizes` says how many
 * bytes each part has, by its place from 0; what comes behind the last part counts as the last part's.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export function createCompositeDigest(
  algorithm: DigestAlgorithm,
  partSizes: (index: number) => number | undefined,
): RunningDigest & { readonly partCount: number } {
  const ofParts: Promise<Buffer>[] = [];
  let current = createDigest(algorithm);
  let left = partSizes(0) ?? Infinity;
  return {
    get partCount() {
      return ofParts.length;
    },
    update(bytes) {
      let rest = bytes;
      while (rest.length > 0) {
        if (left === 0) {
          ofParts.push(current.finish());
          current = createDigest(algorithm);
          left = partSizes(ofParts.length) ?? Infinity;
        }
        const taken = rest.subarray(0, left);
        current.update(taken);
        left -= taken.length;
        rest = rest.subarray(taken.length);
      }
    },
    async finish() {
      ofParts.push(current.finish());
      const whole = createDigest(algorithm);
      whole.update(Buffer.concat(await Promise.all(ofParts)));
      return whole.finish();
    },
  };
}
