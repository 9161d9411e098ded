import { connect as connectPlainly, type OnReadOpts, type Socket } from 'node:net';
import { connect as connectSafely } from 'node:tls';
import { failureOf } from '../../errors/storage-failure.ts';
import type { SignedGet } from '../sign-get.ts';
import type { AnswerReceiver, AnswerSource, AskOptions } from './answer.ts';
import { AnswerReader } from './answer-reader.ts';

/**
 * One connection to one server at a time, kept between requests and opened again when it was lost. The system writes what
 * comes straight into the receiver's space: no buffer is made for it, nothing is copied, and one call brings as much as has come.
 */
export class HttpConnection implements AnswerSource {
  #open: OpenConnection | undefined;

  async ask(request: SignedGet, receiver: AnswerReceiver, options: AskOptions): Promise<void> {
    options.signal.throwIfAborted();
    if (this.#open?.origin !== request.origin || !this.#open.isIdle) this.#replace(request.origin);
    await this.#open?.ask(request, receiver, options);
  }

  close(): void {
    this.#open?.close();
    this.#open = undefined;
  }

  #replace(origin: string): void {
    this.#open?.close();
    this.#open = new OpenConnection(origin);
  }
}

interface Asked {
  receiver: AnswerReceiver;
  reader: AnswerReader;
  silenceMilliseconds: number;
  /** Nothing is read until its receiver has room. */
  isWaiting: boolean;
  succeed: () => void;
  fail: (error: unknown) => void;
}

class OpenConnection {
  readonly origin: string;
  readonly #socket: Socket;
  readonly #held = AnswerReader.createHeld();
  #asked: Asked | undefined;
  #isLost = false;

  constructor(origin: string) {
    this.origin = origin;
    this.#socket = openSocket(new URL(origin), {
      buffer: () => this.#space(),
      callback: (bytes) => this.#came(bytes),
    });
    this.#socket.setNoDelay(true);
    this.#socket.on('timeout', () => this.#silent());
    this.#socket.on('error', (error) => this.#lost(error));
    this.#socket.on('end', () => this.#ended());
    this.#socket.on('close', () => this.#ended());
  }

  /** Another request may be sent. */
  get isIdle(): boolean {
    return !this.#isLost && !this.#asked;
  }

  async ask(
    { path, headers }: SignedGet,
    receiver: AnswerReceiver,
    { silenceSeconds, signal }: AskOptions,
  ): Promise<void> {
    const abort = () => this.#lost(signal.reason);
    signal.addEventListener('abort', abort);
    try {
      await new Promise<void>((resolve, reject) => {
        const reader = new AnswerReader(receiver, this.#held);
        const silenceMilliseconds = silenceSeconds * 1_000;
        this.#asked = { receiver, reader, silenceMilliseconds, isWaiting: false, succeed: resolve, fail: reject };
        this.#socket.setTimeout(silenceMilliseconds);
        this.#socket.write(headOf(path, { host: new URL(this.origin).host, ...headers }), 'latin1');
      });
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  close(): void {
    this.#isLost = true;
    this.#socket.destroy();
  }

  /** Asked for before every read: what was given last may be on its way to the disk. */
  #space(): Uint8Array {
    return this.#asked?.reader.space() ?? this.#held;
  }

  /** False: no more is read for now. */
  #came(bytes: number): boolean {
    const asked = this.#asked;
    // Nobody has asked for it.
    if (!asked) {
      this.close();
      return false;
    }
    try {
      asked.reader.filled(bytes);
    } catch (error) {
      this.#lost(error);
      return false;
    }
    if (asked.reader.isEnded || asked.receiver.isSatisfied) return this.#settle(asked);
    if (!asked.receiver.isFull) return true;
    this.#wait(asked);
    return false;
  }

  #settle(asked: Asked): boolean {
    this.#asked = undefined;
    this.#socket.setTimeout(0);
    if (!asked.reader.isKept) this.close();
    // What TLS had taken in already came while nobody listened; whoever asks next is to be heard.
    else if (asked.isWaiting) this.#socket.resume();
    asked.succeed();
    return !this.#isLost;
  }

  #wait(asked: Asked): void {
    if (asked.isWaiting) return;
    asked.isWaiting = true;
    asked.receiver.ready().then(
      () => this.#goOn(asked),
      (error: unknown) => {
        if (this.#asked === asked) this.#lost(error);
      },
    );
  }

  #goOn(asked: Asked): void {
    asked.isWaiting = false;
    if (this.#asked !== asked) return;
    // Nobody was silent while we didn't listen.
    this.#socket.setTimeout(asked.silenceMilliseconds);
    this.#socket.resume();
  }

  #silent(): void {
    if (this.#asked && !this.#asked.isWaiting) this.#lost(failureOf('timeout'));
  }

  #ended(): void {
    const asked = this.#asked;
    if (asked?.reader.closed()) this.#settle(asked);
    else this.#lost(failureOf('network'));
  }

  #lost(error: unknown): void {
    this.close();
    const asked = this.#asked;
    this.#asked = undefined;
    asked?.fail(error);
  }
}

function openSocket({ protocol, hostname, port }: URL, onread: OnReadOpts): Socket {
  // An address of IPv6 stands in brackets in a URL.
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (protocol === 'http:') return connectPlainly({ host, port: Number(port || 80), onread });
  // `onread` is described, and missing in its types. https://nodejs.org/api/tls.html#tlsconnectoptions-callback
  const options = { host, port: Number(port || 443), onread, ALPNProtocols: ['http/1.1'], ...serverName(host) };
  return connectSafely(options);
}

/** Of a name, never of an address. https://www.rfc-editor.org/rfc/rfc6066#section-3 */
function serverName(host: string): { servername?: string } {
  return /^[\d.]+$|:/.test(host) ? {} : { servername: host };
}

function headOf(path: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`GET ${path} HTTP/1.1`, ...lines];
  if (head.some((line) => /[\r\n\0]/.test(line))) throw new RangeError('a line of a request with an end in it');
  return `${head.join('\r\n')}\r\n\r\n`;
}
