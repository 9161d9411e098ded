import { armorColumns, armorFooter, armorHeader, mostArmorWhitespace } from './armor.ts';
import { damaged } from './damaged.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
/** Of the lines around the body, and of the last line's beginning while it is unknown whether more comes. */
const longestLineBytes = 4 * armorColumns;
const whitespace = /^[\t\n\v\f\r ]*$/;

/**
 * The bytes inside the armor, strictly: lines of 64 columns but the last, padded and canonical base64, no empty line, LF or
 * CRLF; at most 1,024 characters of white space around it. Holds what one chunk brings.
 *
 * @throws HikyakuError `damaged-encryption` (damage: `armor`, `truncated`, `trailing`); errors of the source as they are
 */
export async function* readArmor(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = new ArmorReader();
  for await (const chunk of source) {
    const bytes = reader.push(chunk);
    if (bytes.length > 0) yield bytes;
  }
  reader.finish();
}

class ArmorReader {
  /** `last`: the body's short line was read, the footer has to follow. */
  #state: 'before' | 'body' | 'last' | 'behind' = 'before';
  #rest: Buffer = Buffer.alloc(0);
  #whitespaceBytes = 0;

  push(chunk: Uint8Array): Buffer {
    const text = this.#rest.length === 0 ? asBuffer(chunk) : Buffer.concat([this.#rest, chunk]);
    const decoded: Buffer[] = [];
    let at = 0;
    while (at < text.length) {
      if (this.#state === 'body') {
        const full = fullLines(text, at);
        if (full.count > 0) {
          decoded.push(decode(full.base64));
          at = full.end;
          continue;
        }
      }
      const end = text.indexOf(lineFeed, at);
      if (end === -1) break;
      const bytes = this.#line(lineAt(text, at, end), end + 1 - at);
      if (bytes) decoded.push(bytes);
      at = end + 1;
    }
    this.#keep(text.subarray(at));
    return decoded.length === 1 && decoded[0] ? decoded[0] : Buffer.concat(decoded);
  }

  /** The footer's line feed may be missing. */
  finish(): void {
    const isBody = this.#state === 'body' || this.#state === 'last';
    if (isBody && lineAt(this.#rest, 0, this.#rest.length) === armorFooter) return;
    if (this.#state !== 'behind') throw damaged(isBody ? 'truncated' : 'armor');
  }

  #keep(rest: Buffer): void {
    if (this.#state === 'behind') {
      // Looked at as it comes: nobody has to end a line here.
      this.#line(rest.toString('latin1'), rest.length);
      this.#rest = Buffer.alloc(0);
      return;
    }
    const limit = this.#state === 'before' ? mostArmorWhitespace + longestLineBytes : longestLineBytes;
    if (rest.length > limit) throw damaged('armor');
    this.#rest = Buffer.from(rest);
  }

  /** @param length with the line's end */
  #line(line: string, length: number): Buffer | null {
    if (this.#state === 'before' || this.#state === 'behind') {
      if (whitespace.test(line)) this.#countWhitespace(length);
      else if (this.#state === 'behind') throw damaged('trailing');
      else if (line !== armorHeader) throw damaged('armor');
      else {
        this.#state = 'body';
        this.#whitespaceBytes = 0;
      }
      return null;
    }
    if (line === armorFooter) {
      this.#state = 'behind';
      return null;
    }
    if (this.#state === 'last' || line === '' || line.length > armorColumns) throw damaged('armor');
    if (line.length < armorColumns || line.endsWith('=')) this.#state = 'last';
    return decode(line);
  }

  #countWhitespace(length: number): void {
    this.#whitespaceBytes += length;
    if (this.#whitespaceBytes > mostArmorWhitespace) throw damaged(this.#state === 'behind' ? 'trailing' : 'armor');
  }
}

/** As many full lines as lie one behind the other, but never one that may be the last. */
function fullLines(text: Buffer, start: number): { base64: string; count: number; end: number } {
  const newlineBytes = text[start + armorColumns] === carriageReturn ? 2 : 1;
  const lineBytes = armorColumns + newlineBytes;
  const compact = Buffer.allocUnsafe(Math.floor((text.length - start) / lineBytes) * armorColumns);
  let count = 0;
  let at = start;
  while (text.length - at >= lineBytes && endsAt(text, at + armorColumns, newlineBytes)) {
    if (text[at + armorColumns - 1] === 0x3d) break;
    text.copy(compact, count * armorColumns, at, at + armorColumns);
    count += 1;
    at += lineBytes;
  }
  return { base64: compact.toString('latin1', 0, count * armorColumns), count, end: at };
}

function endsAt(text: Buffer, at: number, newlineBytes: number): boolean {
  if (newlineBytes === 1) return text[at] === lineFeed;
  return text[at] === carriageReturn && text[at + 1] === lineFeed;
}

function lineAt(text: Buffer, start: number, end: number): string {
  const line = text.toString('latin1', start, end);
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** Node reads what nobody should have written: what it makes of it has to be the same text again. */
function decode(base64: string): Buffer {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64') !== base64) throw damaged('armor');
  return bytes;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
