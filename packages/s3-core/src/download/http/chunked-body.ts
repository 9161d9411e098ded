import { failureOf } from '../../errors/storage-failure.ts';

/** A size in hexadecimal with what may be said beside it, or a trailer. */
const longestLineBytes = 8 * 1024;
const mostTrailers = 100;
const sizeLine = /^([0-9a-fA-F]{1,12})(?:[ \t]*;.*)?$/;

/** Takes a body apart that comes in chunks. https://www.rfc-editor.org/rfc/rfc9112#section-7.1 */
export class ChunkedBody {
  #awaits: 'size' | 'data' | 'end of data' | 'trailer' | 'nothing' = 'size';
  #line = '';
  #left = 0;
  #trailers = 0;

  get isEnded(): boolean {
    return this.#awaits === 'nothing';
  }

  /**
   * @param take gets the bytes of the body
   * @returns how many bytes were read: all of them, or those up to its end
   * @throws HikyakuError unexpected-answer
   */
  push(bytes: Buffer, take: (bytes: Buffer) => void): number {
    let at = 0;
    while (at < bytes.length && !this.isEnded) {
      at += this.#awaits === 'data' ? this.#readData(bytes.subarray(at), take) : this.#readLine(bytes.subarray(at));
    }
    return at;
  }

  #readData(bytes: Buffer, take: (bytes: Buffer) => void): number {
    const data = bytes.subarray(0, this.#left);
    take(data);
    this.#left -= data.length;
    if (this.#left === 0) this.#awaits = 'end of data';
    return data.length;
  }

  #readLine(bytes: Buffer): number {
    const end = bytes.indexOf('\n');
    const read = end < 0 ? bytes.length : end + 1;
    this.#line += bytes.toString('latin1', 0, read);
    if (this.#line.length > longestLineBytes) throw unreadable(this.#line);
    if (end < 0) return read;
    if (!this.#line.endsWith('\r\n')) throw unreadable(this.#line);
    const line = this.#line.slice(0, -2);
    this.#line = '';
    this.#take(line);
    return read;
  }

  #take(line: string): void {
    if (this.#awaits === 'size') {
      const [, size] = sizeLine.exec(line) ?? [];
      if (size === undefined) throw unreadable(line);
      this.#left = Number.parseInt(size, 16);
      this.#awaits = this.#left === 0 ? 'trailer' : 'data';
    } else if (this.#awaits === 'end of data') {
      if (line !== '') throw unreadable(line);
      this.#awaits = 'size';
    } else {
      this.#trailers += 1;
      if (this.#trailers > mostTrailers) throw unreadable(line);
      if (line === '') this.#awaits = 'nothing';
    }
  }
}

function unreadable(found: string) {
  return failureOf('unexpected-answer', { details: { found: found.slice(0, 200) } });
}
