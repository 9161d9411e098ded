/** A fault of one HTTP request: which ones it happens to, and what. The first rule that fits a request counts. */
export interface HttpFault {
  method?: string;
  /** Matched against path and query as the client wrote them. */
  path?: RegExp;
  /** Only the n-th request that fits, from 1. */
  nth?: number;
  /** The share of requests it happens to, from 0 to 1; all unless given. */
  probability?: number;
  /** Happens so many times at most. */
  times?: number;
  effect: HttpEffect;
}

export type HttpEffect =
  /** Answers instead of the server, which never hears of the request. */
  | { kind: 'answer'; status: number; contentType?: string; body: string }
  /** Flips a bit of the answer's body at this place, counted from 0; of its middle unless given. */
  | { kind: 'corrupt-byte'; at?: number }
  /** Answers a ranged request as a server does that knows no ranges: 200 and all of the object. */
  | { kind: 'ignore-range' }
  /** So many bytes more than there are, or less; told by its length, or sent in chunks without a word of it. */
  | { kind: 'resize'; byBytes: number; isTold: boolean }
  /** Says in `Content-Range` that it is another range. */
  | { kind: 'shift-range'; byBytes: number }
  /** Passes so many bytes of the answer's body on and then resets, closes, or says nothing more. */
  | { kind: 'reset' | 'close' | 'stall'; afterBytes: number };

/** As S3 words its errors. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export function s3Answer(status: 500 | 503): HttpEffect {
  const [code, message] =
    status === 503
      ? ['SlowDown', 'Please reduce your request rate.']
      : ['InternalError', 'We encountered an internal error. Please try again.'];
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>fault</RequestId></Error>`;
  return { kind: 'answer', status, contentType: 'application/xml', body };
}

/** As SQS words its errors in its JSON protocol. */
export function sqsAnswer(status: 500 | 503): HttpEffect {
  const type = status === 503 ? 'ServiceUnavailable' : 'InternalFailure';
  const body = JSON.stringify({ __type: `com.amazonaws.sqs#${type}`, message: 'injected' });
  return { kind: 'answer', status, contentType: 'application/x-amz-json-1.0', body };
}
