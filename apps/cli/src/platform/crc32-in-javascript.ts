import { Crc32c } from '@aws-crypto/crc32c';

/** As `crc32c` of `@node-rs/crc32`, at 70 MB/s instead of 5 GB/s. */
export function crc32cInJavaScript(bytes: Uint8Array, before = 0): number {
  const crc = new Crc32c();
  // It goes on where another has ended: what it holds is the digest, inverted.
  Object.assign(crc, { checksum: ~before >>> 0 });
  return crc.update(bytes).digest();
}
