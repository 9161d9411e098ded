import type { Dispatcher } from 'undici';
import { codeOfAnswer } from '../errors/code-of-answer.ts';
import { failureOf } from '../errors/storage-failure.ts';
import { unquoted } from '../find-object.ts';
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
  readonly isFull: boolean;
  push(bytes: Uint8Array): void;
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
export function fetchRange(
  dispatcher: Dispatcher,
  request: SignedGet,
  options: { range: FetchedRange; sink: RangeSink; silenceSeconds: number; signal: AbortSignal },
): Promise<void> {
  const { range, sink, silenceSeconds, signal } = options;
  const expectedBytes = range.to - range.from + 1;
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let refusal: { status: number; headers: Headers; pieces: Buffer[]; bytes: number } | undefined;
    let received = 0;
    let isSettled = false;

    const settle = (end: () => void) => {
      if (isSettled) return;
      isSettled = true;
      signal.removeEventListener('abort', abort);
      end();
    };
    const fail = (error: unknown) => {
      settle(() => reject(error));
      controller?.abort(error instanceof Error ? error : new Error('given up', { cause: error }));
    };
    const abort = () => fail(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort);

    const answered = (status: number, headers: Headers) => {
      if (status < 200) return;
      if (status !== 206) {
        // A server that knows no ranges sends all of it: not wanted, and not waited for.
        if (status < 300) fail(failureOf('unexpected-answer', { details: { status } }));
        refusal = { status, headers, pieces: [], bytes: 0 };
        return;
      }
      const wrong = whatIsWrong(headers, range);
      if (wrong) fail(wrong);
    };

    const came = (bytes: Buffer) => {
      if (isSettled) return;
      if (refusal) {
        refusal.bytes += bytes.length;
        if (refusal.bytes <= longestRefusalBytes) refusal.pieces.push(bytes);
        return;
      }
      received += bytes.length;
      if (received > expectedBytes) return fail(tooMuchOrLittle(expectedBytes, received));
      sink.push(bytes);
      if (!sink.isFull) return;
      controller?.pause();
      sink.written().then(() => controller?.resume(), fail);
    };

    const ended = () => {
      if (refusal) return fail(refusalOf(refusal));
      if (received < expectedBytes) return fail(tooMuchOrLittle(expectedBytes, received));
      settle(resolve);
    };

    const { origin, path, headers } = request;
    const milliseconds = silenceSeconds * 1_000;
    dispatcher.dispatch(
      { origin, path, method: 'GET', headers, headersTimeout: milliseconds, bodyTimeout: milliseconds },
      {
        onRequestStart(started) {
          controller = started;
          if (isSettled) started.abort(new Error('given up before it began'));
        },
        onResponseStart: (_, status, answerHeaders) => answered(status, answerHeaders),
        onResponseData: (_, bytes) => came(bytes),
        onResponseEnd: ended,
        onResponseError: (_, error) => fail(error),
      },
    );
  });
}

type Headers = Record<string, string | string[] | undefined>;

function whatIsWrong(headers: Headers, { from, to, etag, sizeBytes }: FetchedRange) {
  const answeredEtag = one(headers['etag']);
  if (answeredEtag !== undefined && unquoted(answeredEtag) !== etag) return failureOf('object-changed');
  const contentRange = one(headers['content-range']) ?? '';
  if (contentRange !== `bytes ${from}-${to}/${sizeBytes}`) {
    return failureOf('unexpected-answer', { details: { expected: `${from}-${to}/${sizeBytes}`, found: contentRange } });
  }
  const length = one(headers['content-length']);
  const expectedBytes = to - from + 1;
  return length !== undefined && Number(length) !== expectedBytes
    ? tooMuchOrLittle(expectedBytes, Number(length))
    : undefined;
}

function tooMuchOrLittle(expected: number, found: number) {
  return failureOf('unexpected-answer', { details: { expected, found } });
}

function refusalOf({ status, headers, pieces }: { status: number; headers: Headers; pieces: Buffer[] }) {
  const body = Buffer.concat(pieces).toString();
  const element = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];
  const awsCode = element('Code');
  const code = codeOfAnswer({ status, awsCode, message: element('Message') });
  const requestId = element('RequestId') ?? one(headers['x-amz-request-id']);
  const details = { status, ...(awsCode ? { awsCode } : {}), ...(requestId ? { requestId } : {}) };
  return failureOf(changed.has(code) ? 'object-changed' : code, { details });
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
