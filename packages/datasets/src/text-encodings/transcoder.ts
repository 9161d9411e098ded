import { joinBytes } from './join-bytes.ts';
import type { TextEncoding } from './text-encoding.ts';
import { transcodeCp932 } from './transcode-cp932.ts';
import { transcodeEucJp } from './transcode-euc-jp.ts';
import type { TranscodeStep } from './transcode-step.ts';
import { transcodeUtf16 } from './transcode-utf16.ts';

const steps: Record<Exclude<TextEncoding, 'utf-8'>, () => TranscodeStep> = {
  cp932: transcodeCp932,
  'euc-jp': transcodeEucJp,
  'utf-16le': () => transcodeUtf16('little'),
  'utf-16be': () => transcodeUtf16('big'),
};
/** A byte becomes three at most: half-width kana. */
const growth = 3;

/**
 * Bytes of an encoding in, bytes of UTF-8 out, chunk by chunk, in memory of three chunks. UTF-8 passes as it is. What is no
 * character becomes a byte that UTF-8 has not, in its place; line ends stay line ends, so that lines keep their numbers.
 */
export class Transcoder {
  readonly #step: TranscodeStep | undefined;
  #output = new Uint8Array(0);
  /** The beginning of a character that the last chunk broke off in. */
  #rest: Uint8Array = new Uint8Array(0);

  constructor(encoding: TextEncoding) {
    this.#step = encoding === 'utf-8' ? undefined : steps[encoding]();
  }

  /** The chunk's characters; to be read before the next call. */
  push(chunk: Uint8Array): Uint8Array {
    return this.#step ? this.#transcode(this.#step, chunk, false) : chunk;
  }

  /** What is left after the last chunk. */
  finish(): Uint8Array {
    return this.#step ? this.#transcode(this.#step, new Uint8Array(0), true) : new Uint8Array(0);
  }

  #transcode(step: TranscodeStep, chunk: Uint8Array, isLast: boolean): Uint8Array {
    const input = this.#rest.length === 0 ? chunk : joinBytes(this.#rest, chunk);
    if (this.#output.length < input.length * growth) this.#output = new Uint8Array(input.length * growth);
    const { bytesRead, bytesWritten } = step(input, this.#output, isLast);
    this.#rest = input.slice(bytesRead);
    return this.#output.subarray(0, bytesWritten);
  }
}
