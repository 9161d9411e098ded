import type { SignedGet } from '../sign-get.ts';

export type AnswerHeaders = Readonly<Record<string, string | undefined>>;

/** What hears an answer. What it throws gives the answer up. */
export interface AnswerReceiver {
  /** Once, before any of its bytes. @param headers by their names in lower case */
  begin(status: number, headers: AnswerHeaders): void;
  /** Where the next bytes of the body belong. Not empty. */
  space(): Uint8Array;
  /** So many have come into what `space` gave last. */
  filled(bytes: number): void;
  /** It has what it wants: the rest isn't waited for. */
  readonly isSatisfied: boolean;
  /** More should wait until `ready`; what is on its way already may come all the same. */
  readonly isFull: boolean;
  ready(): Promise<void>;
}

export interface AskOptions {
  /** For a connection, for the answer to begin and between its bytes. */
  silenceSeconds: number;
  signal: AbortSignal;
}

/** Asks one server, one thing at a time. */
export interface AnswerSource {
  /**
   * Resolves when the answer has ended, or the receiver is satisfied.
   *
   * @throws what the receiver throws; network, timeout, untrusted-certificate, unexpected-answer; the signal's reason
   */
  ask(request: SignedGet, receiver: AnswerReceiver, options: AskOptions): Promise<void>;
  close(): void;
}

/** For sources that bring bytes in buffers of their own. */
export function copyTo(receiver: AnswerReceiver, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length && !receiver.isSatisfied;) {
    const space = receiver.space();
    const taken = bytes.subarray(at, at + space.length);
    space.set(taken);
    receiver.filled(taken.length);
    at += taken.length;
  }
}
