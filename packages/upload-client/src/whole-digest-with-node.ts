import { createHash } from 'node:crypto';
import type { WholeDigest } from './whole-digest.ts';

/** For Node: native and chunk by chunk. */
export function wholeDigestWithNode(): WholeDigest {
  const hash = createHash('sha256');
  return {
    async add(part) {
      for await (const chunk of part.stream()) hash.update(chunk);
    },
    end: async () => hash.digest('base64'),
  };
}
