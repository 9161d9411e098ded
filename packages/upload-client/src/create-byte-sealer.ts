import { beginSealing, type Sealing, sealRange } from '@hikyaku/encryption/sealing';
import { type BodyDigest, HikyakuError } from '@hikyaku/types';
import { createTurns } from './create-turns.ts';
import { digestBytes, hasWebCrypto } from './digest-bytes.ts';
import { readBody } from './read-body.ts';

export interface SealedBytes {
  bytes: Uint8Array<ArrayBuffer>;
  digest: BodyDigest;
}

/** As `Sealer`, in bytes of their own. */
export interface ByteSealer {
  begin(recipients: readonly string[], plainBytes: number): Promise<Sealing>;
  seal(sealing: Sealing, plain: Blob, range: { start: number; end: number }): Promise<SealedBytes>;
}

/** Seals on the thread that calls it, one range after the other; what is read of the file takes the same memory each time. */
export function createByteSealer(useWebCrypto: boolean = hasWebCrypto): ByteSealer {
  let plainMemory = new ArrayBuffer(0);
  const inTurn = createTurns();
  return {
    begin: async (recipients, plainBytes) => beginSealing(recipients, plainBytes),
    seal: (sealing, plain, range) =>
      inTurn(async () => {
        if (plain.size !== sealing.plainBytes) throw new HikyakuError('file-changed');
        const read = async (start: number, end: number) => {
          const bytes = await readBody(plain.slice(start, end), plainMemory);
          plainMemory = bytes.buffer;
          return bytes;
        };
        const bytes = await sealRange(sealing, read, range);
        return { bytes, digest: await digestBytes(bytes, useWebCrypto) };
      }),
  };
}
