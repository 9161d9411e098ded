import { failureOf } from '../../errors/storage-failure.ts';
import { type AnswerReceiver, copyTo } from './answer.ts';
import { ChunkedBody } from './chunked-body.ts';
import { type AnswerHead, readHead } from './read-head.ts';

/** A head has to fit. S3's are some hundred bytes. */
const heldBytes = 64 * 1024;

/**
 * Reads one answer from bytes as they come. Where the length of a body is known, they come straight to where its receiver wants
 * them: nothing is copied.
 */
export class AnswerReader {
  readonly #receiver: AnswerReceiver;
  readonly #held: Buffer;
  #heldCount = 0;
  #head: AnswerHead | undefined;
  #chunked: ChunkedBody | undefined;
  /** Of a body that says its length. */
  #left = 0;
  #isEnded = false;

  /** @param held to be used by one reader at a time */
  constructor(receiver: AnswerReceiver, held: Buffer) {
    this.#receiver = receiver;
    this.#held = held;
  }

  static createHeld(): Buffer {
    return Buffer.allocUnsafeSlow(heldBytes);
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Whether the connection may be used for another request: only after the end of this. */
  get isKept(): boolean {
    return this.#isEnded && this.#head?.isKept === true && this.#heldCount === 0;
  }

  /** Where the next bytes have to be put. */
  space(): Uint8Array {
    if (!this.#head || this.#chunked) return this.#held.subarray(this.#heldCount);
    const space = this.#receiver.space();
    return this.#head.framing.kind === 'length' ? space.subarray(0, this.#left) : space;
  }

  /** So many have been put there. @throws HikyakuError unexpected-answer; what the receiver throws */
  filled(bytes: number): void {
    if (!this.#head || this.#chunked) {
      this.#heldCount += bytes;
      this.#readHeld();
    } else {
      this.#left -= bytes;
      this.#receiver.filled(bytes);
      this.#isEnded = this.#head.framing.kind === 'length' && this.#left === 0;
    }
  }

  /** The connection says nothing more. False where something was still to come. */
  closed(): boolean {
    if (this.#head?.framing.kind === 'until-closed') this.#isEnded = true;
    return this.#isEnded;
  }

  #readHeld(): void {
    if (!this.#head && !this.#findHead()) return;
    if (this.#head && !this.#isEnded) this.#readBody(this.#head);
  }

  /** Passes over those that only say that the real one is coming. */
  #findHead(): boolean {
    for (;;) {
      const held = this.#held.subarray(0, this.#heldCount);
      const end = held.indexOf('\r\n\r\n');
      if (end < 0) {
        if (this.#heldCount === this.#held.length)
          throw failureOf('unexpected-answer', { details: { found: 'no head' } });
        return false;
      }
      const head = readHead(held.toString('latin1', 0, end));
      this.#drop(end + 4);
      if (head.status >= 200) {
        this.#begin(head);
        return true;
      }
    }
  }

  #begin(head: AnswerHead): void {
    this.#head = head;
    if (head.framing.kind === 'chunked') this.#chunked = new ChunkedBody();
    if (head.framing.kind === 'length') this.#left = head.framing.bytes;
    this.#receiver.begin(head.status, head.headers);
    this.#isEnded = head.framing.kind === 'length' && this.#left === 0;
  }

  /** What came together with the head, and chunks. */
  #readBody({ framing }: AnswerHead): void {
    const held = this.#held.subarray(0, this.#heldCount);
    if (this.#chunked) {
      this.#drop(this.#chunked.push(held, (bytes) => copyTo(this.#receiver, bytes)));
      this.#isEnded = this.#chunked.isEnded;
      return;
    }
    const body = framing.kind === 'length' ? held.subarray(0, this.#left) : held;
    copyTo(this.#receiver, body);
    this.#left -= body.length;
    this.#drop(body.length);
    this.#isEnded = framing.kind === 'length' && this.#left === 0;
  }

  #drop(bytes: number): void {
    this.#held.copyWithin(0, bytes, this.#heldCount);
    this.#heldCount -= bytes;
  }
}
