import type { FileEncoding } from '@hikyaku/types';
import { encodingOfMark, longestMarkBytes } from './encoding-of-mark.ts';
import { guessEncoding } from './guess-encoding.ts';
import { joinBytes } from './join-bytes.ts';
import type { TextEncoding } from './text-encoding.ts';
import { Transcoder } from './transcoder.ts';

/** What is looked at to tell an encoding, from the first byte beyond ASCII on. */
const lookAheadBytes = 64 * 1024;

const nothing = new Uint8Array(0);

/**
 * Reads the bytes of a text in whatever encoding and gives them as UTF-8. A byte order mark decides always, and passes.
 * With `auto` and no mark, ASCII passes as it is; the first byte beyond it and the 64 KiB that follow decide between UTF-8
 * and CP932, for all that follows, before any of it has passed. Where chunks end makes no difference.
 */
export class TextReader {
  readonly #declared: FileEncoding;
  #transcoder: Transcoder | undefined;
  #encoding: TextEncoding | undefined;
  #isBegun = false;
  /** Bytes that wait for what decides about them. */
  #held: Uint8Array = nothing;

  constructor(declared: FileEncoding) {
    this.#declared = declared;
  }

  /** Of what was read so far; a file of ASCII alone is UTF-8. */
  get encoding(): TextEncoding {
    return this.#encoding ?? 'utf-8';
  }

  /** As much of it as can be told by now; to be read before the next call. */
  push(chunk: Uint8Array): Uint8Array {
    if (this.#transcoder) return this.#transcoder.push(chunk);
    const bytes = this.#joinHeld(chunk);
    if (!this.#isBegun) {
      if (bytes.length < longestMarkBytes) return this.#hold(bytes);
      this.#begin(bytes);
    }
    return this.#decide(bytes, false);
  }

  /** What is left after the last chunk. */
  finish(): Uint8Array {
    if (this.#transcoder) return this.#transcoder.finish();
    const bytes = this.#joinHeld(nothing);
    if (!this.#isBegun) this.#begin(bytes);
    const read = this.#decide(bytes, true).slice();
    return joinBytes(read, this.#endTranscoder());
  }

  #endTranscoder(): Uint8Array {
    return this.#transcoder?.finish() ?? nothing;
  }

  #begin(head: Uint8Array): void {
    this.#isBegun = true;
    const marked = encodingOfMark(head)?.encoding;
    if (marked) this.#settle(marked);
    else if (this.#declared !== 'auto') this.#settle(this.#declared);
  }

  #decide(bytes: Uint8Array, isLast: boolean): Uint8Array {
    if (this.#transcoder) return this.#transcoder.push(bytes);
    const beyondAscii = bytes.findIndex((byte) => byte > 0x7f);
    if (beyondAscii === -1) return bytes;
    const seen = bytes.subarray(beyondAscii, beyondAscii + lookAheadBytes);
    if (seen.length < lookAheadBytes && !isLast) {
      this.#hold(bytes.subarray(beyondAscii));
      return bytes.subarray(0, beyondAscii);
    }
    return this.#settle(guessEncoding(seen)).push(bytes);
  }

  #settle(encoding: TextEncoding): Transcoder {
    this.#encoding = encoding;
    this.#transcoder = new Transcoder(encoding);
    return this.#transcoder;
  }

  #hold(bytes: Uint8Array): Uint8Array {
    this.#held = bytes.slice();
    return nothing;
  }

  #joinHeld(chunk: Uint8Array): Uint8Array {
    if (this.#held.length === 0) return chunk;
    const whole = joinBytes(this.#held, chunk);
    this.#held = nothing;
    return whole;
  }
}
