import type { DigestBody } from './digest-body.ts';
import { createTurns } from './create-turns.ts';
import { digestBytes, hasWebCrypto } from './digest-bytes.ts';
import { readBody } from './read-body.ts';

/**
 * Computes on the thread that calls it, one body after the other in the same memory: as large as the largest body, however
 * many there are.
 */
export function createMemoryDigester(useWebCrypto: boolean = hasWebCrypto): DigestBody {
  let memory = new ArrayBuffer(0);
  const inTurn = createTurns();
  return (body) =>
    inTurn(async () => {
      const bytes = await readBody(body, memory);
      memory = bytes.buffer;
      return digestBytes(bytes, useWebCrypto);
    });
}
