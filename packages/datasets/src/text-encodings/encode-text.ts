import { cp932, type DoubleBytes, eucJp, jisX0212 } from './double-bytes.ts';
import type { TextEncoding } from './text-encoding.ts';

const questionMark = 0x3f;
/** What Unicode has twice and the Japanese encodings once, by the one that Windows means. */
const sameInWindows: Record<string, string> = {
  '\u301c': '\uff5e',
  '\u2212': '\uff0d',
  '\u2016': '\u2225',
  '\u2014': '\u2015',
  '\u00a6': '\uffe4',
  '\u00a2': '\uffe0',
  '\u00a3': '\uffe1',
  '\u00ac': '\uffe2',
};

/** A text in the bytes of an encoding; a question mark for what it can't write. For texts of ours, never for rows. */
export function encodeText(text: string, encoding: TextEncoding): Uint8Array {
  switch (encoding) {
    case 'utf-8':
      return new TextEncoder().encode(text);
    case 'utf-16le':
      return utf16(text, 0);
    case 'utf-16be':
      return utf16(text, 1);
    case 'cp932':
      return japanese(text, cp932Bytes());
    case 'euc-jp':
      return japanese(text, eucJpBytes());
    default:
      return encoding satisfies never;
  }
}

function utf16(text: string, low: 0 | 1): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    bytes[index * 2 + low] = unit & 0xff;
    bytes[index * 2 + 1 - low] = unit >> 8;
  }
  return bytes;
}

function japanese(text: string, bytesOf: ReadonlyMap<string, readonly number[]>): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    if (character.charCodeAt(0) < 0x80) bytes.push(character.charCodeAt(0));
    else bytes.push(...(bytesOf.get(sameInWindows[character] ?? character) ?? [questionMark]));
  }
  return Uint8Array.from(bytes);
}

let cp932Map: Map<string, number[]> | undefined;
let eucJpMap: Map<string, number[]> | undefined;

/** Of two places for a character Windows writes the one in JIS X 0208, then NEC's row 13, then IBM's extensions. */
function cp932Bytes(): ReadonlyMap<string, readonly number[]> {
  if (cp932Map) return cp932Map;
  cp932Map = halfWidth((byte) => [byte]);
  addAll(cp932Map, cp932(), (lead, trail) => (lead === 0xed || lead === 0xee ? undefined : [lead, trail]));
  return cp932Map;
}

function eucJpBytes(): ReadonlyMap<string, readonly number[]> {
  if (eucJpMap) return eucJpMap;
  eucJpMap = halfWidth((byte) => [0x8e, byte]);
  addAll(eucJpMap, eucJp(), (lead, trail) => [lead, trail]);
  addAll(eucJpMap, jisX0212(), (lead, trail) => [0x8f, lead, trail]);
  return eucJpMap;
}

function halfWidth(bytesOf: (byte: number) => number[]): Map<string, number[]> {
  return new Map(
    Array.from({ length: 63 }, (_, index) => [String.fromCharCode(0xff61 + index), bytesOf(0xa1 + index)] as const),
  );
}

function addAll(
  map: Map<string, number[]>,
  units: DoubleBytes,
  bytesOf: (lead: number, trail: number) => number[] | undefined,
): void {
  for (let index = 0; index < units.length; index++) {
    const unit = units[index]!;
    if (unit === 0) continue;
    const character = String.fromCharCode(unit);
    const bytes = bytesOf(index >> 8, index & 0xff);
    if (bytes && !map.has(character)) map.set(character, bytes);
  }
}
