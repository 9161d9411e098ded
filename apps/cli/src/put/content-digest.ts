import { createHash } from 'node:crypto';

/** How much, and what it is. */
export interface ContentDigest {
  bytes: number;
  /** In hexadecimal. */
  sha256: string;
}

export interface DigestTap {
  /** Passes on what it reads. */
  through: (source: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array, void, undefined>;
  /** Of all that has passed. To be called once, when it has ended. */
  finish: () => ContentDigest;
  readonly bytes: number;
}

export function createDigestTap(): DigestTap {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    async *through(source) {
      for await (const piece of source) {
        hash.update(piece);
        bytes += piece.length;
        yield piece;
      }
    },
    finish: () => ({ bytes, sha256: hash.digest('hex') }),
    get bytes() {
      return bytes;
    },
  };
}

export async function digestAll(
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<ContentDigest> {
  const tap = createDigestTap();
  for await (const _ of tap.through(source)) {
    signal.throwIfAborted();
    onProgress(tap.bytes);
  }
  return tap.finish();
}
