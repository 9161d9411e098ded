import { describe, expect, test } from 'vitest';
import { seededRandom, type SeededRandom } from '@hikyaku/local-cloud/fault-proxy';
import type { AnswerHeaders, AnswerReceiver } from './answer.ts';
import { AnswerReader } from './answer-reader.ts';

/** Keeps what it hears. Gives little space at a time, as the end of a block does. */
class Keeper implements AnswerReceiver {
  readonly isFull = false;
  readonly isSatisfied = false;
  status = 0;
  headers: AnswerHeaders = {};
  readonly #space: Buffer;
  readonly #got: Buffer[] = [];

  constructor(spaceBytes = 7) {
    this.#space = Buffer.alloc(spaceBytes);
  }
  get text(): string {
    return Buffer.concat(this.#got).toString('latin1');
  }
  begin(status: number, headers: AnswerHeaders) {
    this.status = status;
    this.headers = headers;
  }
  space() {
    return this.#space;
  }
  filled(bytes: number) {
    this.#got.push(Buffer.from(this.#space.subarray(0, bytes)));
  }
  async ready() {}
}

/** As a socket does it: into the space that there is, in pieces of any size. Returns what was left over. */
function feed(reader: AnswerReader, text: string, random?: SeededRandom): string {
  let rest = Buffer.from(text, 'latin1');
  while (rest.length > 0 && !reader.isEnded) {
    const space = reader.space();
    const most = Math.min(space.length, rest.length);
    const taken = rest.subarray(0, random ? random.integer(1, most) : most);
    space.set(taken);
    reader.filled(taken.length);
    rest = rest.subarray(taken.length);
  }
  return rest.toString('latin1');
}

const newReader = (receiver: AnswerReceiver) => new AnswerReader(receiver, AnswerReader.createHeld());
const ok = 'HTTP/1.1 200 OK\r\n';

describe('an answer is the same however it comes', () => {
  test.each([
    ['by its length', `${ok}content-length: 26\r\n\r\nabcdefghijklmnopqrstuvwxyz`],
    [
      'in chunks',
      `${ok}transfer-encoding: chunked\r\n\r\n0A;x=y\r\nabcdefghij\r\n10 \t;z\r\nklmnopqrstuvwxyz\r\n0\r\nt: 1\r\n\r\n`,
    ],
    [
      'behind two that only say it is coming',
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${ok}content-length: 26\r\n\r\nabcdefghijklmnopqrstuvwxyz`,
    ],
  ])('%s', (_, text) => {
    for (let seed = 0; seed < 200; seed += 1) {
      const keeper = new Keeper(1 + (seed % 9));
      const reader = newReader(keeper);
      expect(feed(reader, text, seed > 0 ? seededRandom(seed) : undefined), `seed ${seed}`).toBe('');
      expect(keeper.text, `seed ${seed}`).toBe('abcdefghijklmnopqrstuvwxyz');
      expect(keeper.status).toBe(200);
      expect([reader.isEnded, reader.isKept, reader.closed()]).toEqual([true, true, true]);
    }
  });

  test('until the connection closes, where nothing says its length', () => {
    const keeper = new Keeper();
    const reader = newReader(keeper);
    feed(reader, `${ok}\r\nabc`, seededRandom(3));
    expect(reader.isEnded).toBe(false);
    expect([reader.closed(), reader.isKept]).toEqual([true, false]);
    expect(keeper.text).toBe('abc');
  });
});

test.each([
  ['its head', `${ok}content-len`],
  ['its length', `${ok}content-length: 26\r\n\r\nabc`],
  ['its chunks', `${ok}transfer-encoding: chunked\r\n\r\n1a\r\nabc`],
  ['its last chunk', `${ok}transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n`],
  ['its trailers', `${ok}transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n`],
])('a connection that closes within %s broke it off', (_, text) => {
  const reader = newReader(new Keeper());
  feed(reader, text);
  expect(reader.closed()).toBe(false);
  expect(reader.isKept).toBe(false);
});

test('what comes behind the end is not of this answer, and its connection is not used again', () => {
  const keeper = new Keeper();
  const reader = newReader(keeper);
  feed(reader, `${ok}content-length: 3\r\n\r\nabcHTTP/1.1 500 Surprise\r\n\r\n`);
  expect(keeper.text).toBe('abc');
  expect([reader.isEnded, reader.isKept]).toEqual([true, false]);
});

test.each([
  ['no size', 'x\r\nabc'],
  ['a negative size', '-3\r\nabc\r\n'],
  ['a size beyond all numbers', `${'f'.repeat(16)}\r\nabc`],
  ['a size that ends in a bare line feed', '3\nabc\r\n0\r\n\r\n'],
  ['more than it says', '3\r\nabcd\r\n0\r\n\r\n'],
  ['a line without end', `3;${'x'.repeat(9_000)}`],
  ['trailers without end', `0\r\n${'a: b\r\n'.repeat(200)}`],
])('chunks with %s are refused', (_, body) => {
  const reader = newReader(new Keeper());
  expect(() => feed(reader, `${ok}transfer-encoding: chunked\r\n\r\n${body}`)).toThrow(
    expect.objectContaining({ code: 'unexpected-answer' }),
  );
});

test('a head without end is refused', () => {
  const reader = newReader(new Keeper());
  expect(() => feed(reader, `${ok}x: ${'y'.repeat(70_000)}`)).toThrow(
    expect.objectContaining({ code: 'unexpected-answer' }),
  );
});
