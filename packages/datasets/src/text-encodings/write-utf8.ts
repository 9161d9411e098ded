/** What stands for bytes that are no character: UTF-8 has no such byte, so whoever reads on finds the fault in its line. */
export const noCharacter = 0xff;

/** Writes a UTF-16 code unit that is no surrogate; where the next one goes. */
export function writeUtf8(output: Uint8Array, at: number, unit: number): number {
  if (unit < 0x80) {
    output[at] = unit;
    return at + 1;
  }
  if (unit < 0x800) {
    output[at] = 0xc0 | (unit >> 6);
    output[at + 1] = 0x80 | (unit & 0x3f);
    return at + 2;
  }
  output[at] = 0xe0 | (unit >> 12);
  output[at + 1] = 0x80 | ((unit >> 6) & 0x3f);
  output[at + 2] = 0x80 | (unit & 0x3f);
  return at + 3;
}
