import { codeOfAnswer } from '../errors/code-of-answer.ts';
import { failureOf } from '../errors/storage-failure.ts';
import { unquoted } from '../find-object.ts';
import type { AnswerHeaders, AnswerReceiver, AnswerSource, AskOptions } from './http/answer.ts';
import type { SignedGet } from './sign-get.ts';

export interface FetchedRange {
  /** First byte. */
  from: number;
  /** Last byte. */
  to: number;
  /** Of the object that the range has to be of. */
  etag: string;
  sizeBytes: number;
}

/** Where the bytes go. */
export interface RangeSink {
  /** Where the next bytes belong. */
  space(): Uint8Array;
  /** So many have come there. */
  filled(bytes: number): void;
  /** No more is wanted, though more was asked for. */
  readonly isSatisfied: boolean;
  readonly isFull: boolean;
  /** Resolves when more may come. */
  written(): Promise<void>;
}

/** S3's errors are some hundred bytes. */
const longestRefusalBytes = 64 * 1024;
/** That the object isn't there any more, or not the same. */
const changed = new Set(['no-such-key', 'no-such-version', 'precondition-failed']);

/**
 * One GET of one range, whose bytes go to the sink as they come, slowed down by it. Nothing reaches the sink of an answer
 * that isn't exactly the range asked for, of exactly this object.
 *
 * @param request signed for the range, with `If-Match`
 * @throws HikyakuError object-changed, unexpected-answer, network, timeout and all others of `storageErrorCode` that S3
 *   may refuse with; what the sink throws; the signal's reason
 */
export async function fetchRange(
  source: AnswerSource,
  request: SignedGet,
  { range, sink, ...options }: AskOptions & { range: FetchedRange; sink: RangeSink },
): Promise<void> {
  const receiver = new RangeReceiver(range, sink);
  await source.ask(request, receiver, options);
  receiver.finish();
}

class RangeReceiver implements AnswerReceiver {
  readonly #range: FetchedRange;
  readonly #sink: RangeSink;
  readonly #expectedBytes: number;
  #received = 0;
  #refusal: Refusal | undefined;

  constructor(range: FetchedRange, sink: RangeSink) {
    this.#range = range;
    this.#sink = sink;
    this.#expectedBytes = range.to - range.from + 1;
  }

  get isSatisfied(): boolean {
    // Of all that was asked for the end is waited for: too much is as wrong as too little.
    return !this.#refusal && this.#received < this.#expectedBytes && this.#sink.isSatisfied;
  }

  get isFull(): boolean {
    return !this.#refusal && this.#sink.isFull;
  }

  ready(): Promise<void> {
    return this.#sink.written();
  }

  begin(status: number, headers: AnswerHeaders): void {
    if (status === 206) {
      const wrong = whatIsWrong(headers, this.#range);
      if (wrong) throw wrong;
      return;
    }
    // A server that knows no ranges sends all of it: not wanted, and not waited for.
    if (status < 300) throw failureOf('unexpected-answer', { details: { status } });
    this.#refusal = { status, headers, body: Buffer.alloc(longestRefusalBytes), bytes: 0 };
  }

  space(): Uint8Array {
    return this.#refusal ? this.#refusal.body.subarray(this.#refusal.bytes) : this.#sink.space();
  }

  filled(bytes: number): void {
    if (this.#refusal) {
      this.#refusal.bytes += bytes;
      // Nobody explains a refusal at such length.
      if (this.#refusal.bytes === longestRefusalBytes) throw refusalOf(this.#refusal);
      return;
    }
    this.#received += bytes;
    if (this.#received > this.#expectedBytes) throw tooMuchOrLittle(this.#expectedBytes, this.#received);
    this.#sink.filled(bytes);
  }

  /** The answer has ended. */
  finish(): void {
    if (this.#refusal) throw refusalOf(this.#refusal);
    if (this.#received < this.#expectedBytes && !this.isSatisfied) {
      throw tooMuchOrLittle(this.#expectedBytes, this.#received);
    }
  }
}

function whatIsWrong(headers: AnswerHeaders, { from, to, etag, sizeBytes }: FetchedRange) {
  const answeredEtag = headers['etag'];
  // S3 always tells it; who doesn't may have taken no notice of `If-Match` either.
  if (answeredEtag === undefined) return failureOf('unexpected-answer', { details: { expected: etag } });
  if (unquoted(answeredEtag) !== etag) return failureOf('object-changed');
  const contentRange = headers['content-range'] ?? '';
  if (contentRange !== `bytes ${from}-${to}/${sizeBytes}`) {
    return failureOf('unexpected-answer', { details: { expected: `${from}-${to}/${sizeBytes}`, found: contentRange } });
  }
  const length = headers['content-length'];
  const expectedBytes = to - from + 1;
  return length !== undefined && Number(length) !== expectedBytes
    ? tooMuchOrLittle(expectedBytes, Number(length))
    : undefined;
}

function tooMuchOrLittle(expected: number, found: number) {
  return failureOf('unexpected-answer', { details: { expected, found } });
}

interface Refusal {
  status: number;
  headers: AnswerHeaders;
  body: Buffer;
  bytes: number;
}

function refusalOf({ status, headers, body, bytes }: Refusal) {
  const text = body.toString('utf8', 0, bytes);
  const element = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  const awsCode = element('Code');
  const code = codeOfAnswer({ status, awsCode, message: element('Message') });
  const requestId = element('RequestId') ?? headers['x-amz-request-id'];
  const details = { status, ...(awsCode ? { awsCode } : {}), ...(requestId ? { requestId } : {}) };
  return failureOf(changed.has(code) ? 'object-changed' : code, { details });
}
