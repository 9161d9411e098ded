/** Keys that are remembered at most: 64 MiB. */
const mostKeys = 4_194_304;
const firstSlots = 1_024;

/**
 * Tells which keys came before, by 63 bits of their hashes: of four million keys the chance that two are taken for one
 * is less than one in a million. Beyond `limit` no further key is remembered, so that memory has an end.
 */
export class KeySet {
  readonly #limit: number;
  #slots = new Uint32Array(firstSlots * 2);
  #size = 0;

  constructor(limit = mostKeys) {
    this.#limit = limit;
  }

  /** No key was left out. */
  isComplete = true;

  /** Whether the key was there; it is afterwards, unless there is no room. */
  addAndTell(key: string): boolean {
    const [high, low] = hash(key);
    const place = this.#find(high, low);
    if (this.#slots[place + 1] !== 0) return true;
    if (this.#size === this.#limit) {
      this.isComplete = false;
      return false;
    }
    this.#slots[place] = high;
    this.#slots[place + 1] = low;
    this.#size++;
    if (this.#size * 2 > this.#slots.length / 2) this.#grow();
    return false;
  }

  /** Where the hash is, or would be. */
  #find(high: number, low: number): number {
    const slots = this.#slots;
    const mask = slots.length / 2 - 1;
    for (let slot = high & mask; ; slot = (slot + 1) & mask) {
      const found = slots[slot * 2 + 1];
      if (found === 0 || (found === low && slots[slot * 2] === high)) return slot * 2;
    }
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Uint32Array(before.length * 2);
    for (let place = 0; place < before.length; place += 2) {
      const [high = 0, low = 0] = [before[place], before[place + 1]];
      if (low === 0) continue;
      const moved = this.#find(high, low);
      this.#slots[moved] = high;
      this.#slots[moved + 1] = low;
    }
  }
}

/** Two multiplying hashes that mix into each other; the second is never 0, which marks an empty slot. */
function hash(key: string): [high: number, low: number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return [a >>> 0, (b | 1) >>> 0];
}
