import { beginSealing, sealRange } from '@hikyaku/encryption/sealing';
import { HikyakuError } from '@hikyaku/types';
import { createTurns } from './create-turns.ts';
import { digestBytes, hasWebCrypto } from './digest-bytes.ts';
import { readBody } from './read-body.ts';
import type { Sealer } from './sealer.ts';

/**
 * Seals on the thread that calls it, one range after the other in the same memory: as large as the largest range and 1 MiB, however
 * many there are.
 */
export function createMemorySealer(useWebCrypto: boolean = hasWebCrypto): Sealer {
  let plainMemory = new ArrayBuffer(0);
  let sealedMemory = new ArrayBuffer(0);
  const inTurn = createTurns();
  return {
    begin: async (recipients, plainBytes) => beginSealing(recipients, plainBytes),
    seal: (sealing, plain, range) =>
      inTurn(async () => {
        if (plain.size !== sealing.plainBytes) throw new HikyakuError('size-mismatch');
        const read = async (start: number, end: number) => {
          const bytes = await readBody(plain.slice(start, end), plainMemory);
          plainMemory = bytes.buffer;
          return bytes;
        };
        const sealed = await sealRange(sealing, read, range, sealedMemory);
        sealedMemory = sealed.buffer;
        const digest = await digestBytes(sealed, useWebCrypto);
        return { body: new Blob([sealed]), digest };
      }),
  };
}
