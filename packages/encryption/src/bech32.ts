const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const checksumLength = 6;

/** Bech32 of BIP 173 without its limit of 90 characters, in lower case. */
export function encodeBech32(prefix: string, bytes: Uint8Array): string {
  const words = regroup(bytes, 8, 5, true) ?? [];
  const checksum = polymod([...expand(prefix), ...words, ...Array.from({ length: checksumLength }, () => 0)]) ^ 1;
  const tail = Array.from({ length: checksumLength }, (_, i) => (checksum >> (5 * (checksumLength - 1 - i))) & 31);
  return `${prefix}1${[...words, ...tail].map((word) => alphabet[word]).join('')}`;
}

/** Undefined for whatever isn't well-formed: a mixed case, a wrong checksum, bits left over. */
export function decodeBech32(text: string): { prefix: string; bytes: Uint8Array } | undefined {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return undefined;
  const separator = lower.lastIndexOf('1');
  if (separator < 1) return undefined;
  const prefix = lower.slice(0, separator);
  const words = Array.from(lower.slice(separator + 1), (character) => alphabet.indexOf(character));
  if (words.length < checksumLength || words.includes(-1)) return undefined;
  if (polymod([...expand(prefix), ...words]) !== 1) return undefined;
  const bytes = regroup(words.slice(0, -checksumLength), 5, 8, false);
  return bytes && { prefix, bytes: Uint8Array.from(bytes) };
}

function expand(prefix: string): number[] {
  const codes = Array.from(prefix, (character) => character.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

function polymod(values: number[]): number {
  let checksum = 1;
  for (const value of values) {
    const top = checksum >>> 25;
    checksum = ((checksum & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of generators.entries()) if ((top >> bit) & 1) checksum ^= generator;
  }
  return checksum >>> 0;
}

/** Groups of `from` bits as groups of `to` bits; undefined where padding isn't allowed and bits are left that mean something. */
function regroup(values: Iterable<number>, from: number, to: number, pads: boolean): number[] | undefined {
  const groups: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const value of values) {
    buffer = ((buffer << from) | value) & 0xfff;
    bits += from;
    while (bits >= to) {
      bits -= to;
      groups.push((buffer >> bits) & ((1 << to) - 1));
    }
  }
  const rest = buffer & ((1 << bits) - 1);
  if (pads) return bits > 0 ? [...groups, rest << (to - bits)] : groups;
  return bits >= from || rest !== 0 ? undefined : groups;
}
