import { HikyakuError } from '@hikyaku/types';
import { damagedWorkbook } from './damaged-workbook.ts';
import { readXml, type XmlHandlers } from './xml-reader.ts';

/** What a workbook's texts may take in memory, each of them once. */
const defaultLimitBytes = 64 * 1024 ** 2;
const blockBytes = 1024 ** 2;
/** What a text costs beside its bytes. */
const bytesPerString = 8;
/** Excel has at most 32,767 in a cell. */
const longestTextCharacters = 1024 ** 2;

/** The texts of a workbook, which its cells name by number: as bytes, a tenth of what strings would take. */
export class SharedStrings {
  readonly #limitBytes: number;
  readonly #blocks: Buffer[] = [];
  #room = 0;
  #places = new Float64Array(1_024);
  #count = 0;
  #bytes = 0;

  constructor(limitBytes = defaultLimitBytes) {
    this.#limitBytes = limitBytes;
  }

  /** @throws HikyakuError `workbook-too-large` (limitBytes) */
  add(text: string): void {
    const length = Buffer.byteLength(text);
    this.#bytes += length + bytesPerString;
    if (this.#bytes > this.#limitBytes) {
      throw new HikyakuError('workbook-too-large', { details: { limitBytes: this.#limitBytes } });
    }
    if (length > this.#room || this.#blocks.length === 0) {
      this.#room = Math.max(blockBytes, length);
      this.#blocks.push(Buffer.allocUnsafeSlow(this.#room));
    }
    const block = this.#blocks.at(-1)!;
    const start = block.length - this.#room;
    block.write(text, start);
    this.#room -= length;
    if (this.#count * 2 === this.#places.length) {
      const larger = new Float64Array(this.#places.length * 2);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places[this.#count * 2] = (this.#blocks.length - 1) * 2 ** 32 + start;
    this.#places[this.#count * 2 + 1] = length;
    this.#count++;
  }

  /** @throws HikyakuError `damaged-workbook` where there is no such text */
  get(index: number): string {
    if (!(Number.isInteger(index) && index >= 0 && index < this.#count)) throw damagedWorkbook('sharedStrings');
    const place = this.#places[index * 2]!;
    const start = place % 2 ** 32;
    return this.#blocks[Math.floor(place / 2 ** 32)]!.toString('utf8', start, start + this.#places[index * 2 + 1]!);
  }
}

export async function readSharedStrings(
  chunks: AsyncIterable<Uint8Array>,
  limitBytes?: number,
): Promise<SharedStrings> {
  const strings = new SharedStrings(limitBytes);
  const text = new RichText(longestTextCharacters);
  const handlers: XmlHandlers = {
    open(name) {
      if (name === 'si') text.begin();
      text.open(name);
    },
    close(name) {
      text.close(name);
      if (name !== 'si') return;
      if (text.isTooLong) {
        throw new HikyakuError('workbook-too-large', { details: { limitBytes: longestTextCharacters } });
      }
      strings.add(text.end());
    },
    text: (part) => text.add(part),
  };
  // Its texts are limited, not what stands around them.
  await readXml('sharedStrings', chunks, handlers, Infinity);
  return strings;
}

/** What a rich text says: its runs, and not how they are pronounced. Keeps nothing of one that is too long. */
export class RichText {
  readonly #longestCharacters: number;
  #text = '';
  #isText = false;
  #phonetic = 0;
  #isTooLong = false;

  constructor(longestCharacters: number) {
    this.#longestCharacters = longestCharacters;
  }

  get isTooLong(): boolean {
    return this.#isTooLong;
  }

  begin(): void {
    this.#text = '';
    this.#isTooLong = false;
  }

  open(name: string): void {
    if (name === 'rPh') this.#phonetic++;
    else if (name === 't') this.#isText = this.#phonetic === 0;
  }

  close(name: string): void {
    if (name === 'rPh') this.#phonetic--;
    else if (name === 't') this.#isText = false;
  }

  add(part: string): void {
    if (!this.#isText || this.#isTooLong) return;
    this.#isTooLong = this.#text.length + part.length > this.#longestCharacters;
    this.#text = this.#isTooLong ? '' : this.#text + part;
  }

  end(): string {
    return unescapeText(this.#text);
  }
}

/** `_x000D_` is how a workbook writes a character that XML can't. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
