import { expect, test } from 'vitest';
import { readHead } from './read-head.ts';

const head = (...lines: string[]) => readHead(lines.join('\r\n'));

test('a head says its status, its headers by their names in lower case, and how its body ends', () => {
  expect(head('HTTP/1.1 206 Partial Content', 'ETag: "x"', 'Content-Length:  12 ', 'x-a: 1', 'X-A: 2')).toEqual({
    status: 206,
    headers: Object.assign(Object.create(null), { etag: '"x"', 'content-length': '12', 'x-a': '1, 2' }),
    framing: { kind: 'length', bytes: 12 },
    isKept: true,
  });
});

test.each([
  [['HTTP/1.1 200 OK', 'Transfer-Encoding: Chunked'], { kind: 'chunked' }],
  [['HTTP/1.1 200 OK', 'content-length: 0'], { kind: 'length', bytes: 0 }],
  [['HTTP/1.1 200 OK', 'content-length: 5', 'content-length: 5'], { kind: 'length', bytes: 5 }],
  [['HTTP/1.1 200 OK'], { kind: 'until-closed' }],
  [['HTTP/1.1 204 No Content'], { kind: 'length', bytes: 0 }],
  [['HTTP/1.1 304 Not Modified', 'content-length: 9'], { kind: 'length', bytes: 0 }],
  [['HTTP/1.1 100 Continue'], { kind: 'length', bytes: 0 }],
])('%j ends as %j', (lines, framing) => {
  expect(head(...lines).framing).toEqual(framing);
});

test.each([
  [['HTTP/1.1 206 OK'], true],
  [['HTTP/1.1 206 '], true],
  [['HTTP/1.1 206'], true],
  [['HTTP/1.1 206 OK', 'Connection: Keep-Alive'], true],
  [['HTTP/1.1 206 OK', 'Connection: Close'], false],
  [['HTTP/1.0 206 OK'], false],
])('%j: the connection is kept: %j', (lines, isKept) => {
  expect(head(...lines, 'content-length: 1').isKept).toBe(isKept);
});

test.each([
  ['another protocol', ['SSH-2.0-OpenSSH_9.2']],
  ['another version', ['HTTP/2 200']],
  ['nothing', ['']],
  ['a status of four digits', ['HTTP/1.1 2000 OK']],
  ['a header without a colon', ['HTTP/1.1 200 OK', 'etag']],
  ['a header without a name', ['HTTP/1.1 200 OK', ': x']],
  ['a space before the colon', ['HTTP/1.1 200 OK', 'content-length : 5']],
  ['a folded line', ['HTTP/1.1 200 OK', 'etag: "a', ' b"']],
  ['a bare line feed', ['HTTP/1.1 200 OK', 'etag: "a"\ncontent-length: 5']],
  ['a bare carriage return', ['HTTP/1.1 200 OK', 'etag: "a"\rcontent-length: 5']],
  ['a NUL', ['HTTP/1.1 200 OK', 'etag: "a\0"']],
  ['two lengths', ['HTTP/1.1 200 OK', 'content-length: 5', 'content-length: 6']],
  ['two ETags', ['HTTP/1.1 206 OK', 'etag: "a"', 'etag: "b"']],
  ['two ranges', ['HTTP/1.1 206 OK', 'content-range: bytes 0-1/3', 'content-range: bytes 1-2/3']],
  ['a length and chunks', ['HTTP/1.1 200 OK', 'content-length: 5', 'transfer-encoding: chunked']],
  ['another encoding', ['HTTP/1.1 200 OK', 'transfer-encoding: gzip, chunked']],
  ['a negative length', ['HTTP/1.1 200 OK', 'content-length: -1']],
  ['a length in hexadecimal', ['HTTP/1.1 200 OK', 'content-length: 0x10']],
  ['a length beyond numbers', ['HTTP/1.1 200 OK', 'content-length: 99999999999999999999']],
])('%s is refused', (_, lines) => {
  expect(() => head(...lines)).toThrow(expect.objectContaining({ code: 'unexpected-answer' }));
});
