import type { Dispatcher } from 'undici';
import { type AnswerHeaders, type AnswerReceiver, type AnswerSource, type AskOptions, copyTo } from './answer.ts';
import type { SignedGet } from '../sign-get.ts';

/** Through a dispatcher of undici: for proxies, authorities of one's own and whatever else it knows. It stays open. */
export class DispatcherSource implements AnswerSource {
  readonly #dispatcher: Dispatcher;

  constructor(dispatcher: Dispatcher) {
    this.#dispatcher = dispatcher;
  }

  ask(
    { origin, path, headers }: SignedGet,
    receiver: AnswerReceiver,
    { silenceSeconds, signal }: AskOptions,
  ): Promise<void> {
    const milliseconds = silenceSeconds * 1_000;
    return new Promise((resolve, reject) => {
      let controller: Dispatcher.DispatchController | undefined;
      let isSettled = false;
      const settle = (end: () => void) => {
        isSettled = true;
        signal.removeEventListener('abort', abort);
        end();
      };
      const fail = (error: unknown) => {
        if (isSettled) return;
        settle(() => reject(error));
        controller?.abort(error instanceof Error ? error : new Error('given up', { cause: error }));
      };
      const abort = () => fail(signal.reason);
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener('abort', abort);

      /** What the receiver throws gives the answer up. */
      const hear = (tell: () => void) => {
        if (isSettled) return;
        try {
          tell();
        } catch (error) {
          fail(error);
        }
      };
      const came = (bytes: Buffer) => {
        copyTo(receiver, bytes);
        if (receiver.isSatisfied) {
          settle(resolve);
          controller?.abort(new Error('no more of it is wanted'));
        } else if (receiver.isFull) {
          controller?.pause();
          receiver.ready().then(() => controller?.resume(), fail);
        }
      };
      this.#dispatcher.dispatch(
        { origin, path, method: 'GET', headers, headersTimeout: milliseconds, bodyTimeout: milliseconds },
        {
          onRequestStart(started) {
            controller = started;
            if (isSettled) started.abort(new Error('given up before it began'));
          },
          onResponseStart: (_, status, answered) => {
            if (status >= 200) hear(() => receiver.begin(status, oneOfEach(answered)));
          },
          onResponseData: (_, bytes) => hear(() => came(bytes)),
          onResponseEnd: () => {
            if (!isSettled) settle(resolve);
          },
          onResponseError: (_, error) => fail(error),
        },
      );
    });
  }

  close(): void {
    // Whoever brought it closes it.
  }
}

function oneOfEach(headers: Record<string, string | string[] | undefined>): AnswerHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}
