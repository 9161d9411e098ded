import { createByteSealer } from './create-byte-sealer.ts';
import { hasWebCrypto } from './digest-bytes.ts';
import type { Sealer } from './sealer.ts';

/** Seals on the thread that calls it. */
export function createMemorySealer(useWebCrypto: boolean = hasWebCrypto): Sealer {
  const sealer = createByteSealer(useWebCrypto);
  return {
    begin: (recipients, plainBytes) => sealer.begin(recipients, plainBytes),
    async seal(sealing, plain, range) {
      const { bytes, digest } = await sealer.seal(sealing, plain, range);
      return { body: new Blob([bytes]), digest };
    },
  };
}
