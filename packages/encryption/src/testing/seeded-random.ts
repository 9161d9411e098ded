/** Numbers that look random and are the same for the same seed (xorshift32). */
export interface SeededRandom {
  /** From 0 to below `limit`. */
  below(limit: number): number;
}

export function createSeededRandom(seed: number): SeededRandom {
  let state = Math.imul(seed, 0x9e3779b1) | 0 || 1;
  return {
    below(limit) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % limit;
    },
  };
}
