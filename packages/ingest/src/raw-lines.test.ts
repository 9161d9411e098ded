import { describe, expect, test } from 'vitest';
import { RawLines } from './raw-lines.ts';

const text = 'a\r\n\nb\rc,"d\ne"\r\nlast';

function linesOf(bytes: Buffer, encoding: ConstructorParameters<typeof RawLines>[0], size: number, markBytes = 0) {
  const lines = new RawLines(encoding, markBytes, 100);
  for (let at = 0; at < bytes.length; at += size) lines.push(bytes.subarray(at, at + size));
  return lines;
}

const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');

describe.each([
  ['utf-8', Buffer.from(text), 0, (part: Buffer) => part.toString()],
  ['utf-16le', utf16, 2, (part: Buffer) => part.toString('utf16le')],
  ['utf-16be', Buffer.from(utf16).swap16(), 2, (part: Buffer) => Buffer.from(part).swap16().toString('utf16le')],
] as const)('%s', (encoding, bytes, markBytes, read) => {
  test.each([1, 2, 3, 1_000])('lines in chunks of %i bytes', (size) => {
    const lines = linesOf(bytes, encoding, size, markBytes);
    const shown = (first: number, last = first) => read(lines.take(first, last) ?? Buffer.from('?'));
    expect([shown(1), shown(2), shown(3), shown(4, 5), shown(6)]).toEqual(['a', '', 'b', 'c,"d\ne"', 'last']);
    expect([1, 2, 3, 5, 6].map((line) => lines.newlineOf(line))).toEqual(['\r\n', '\n', '\r', '\r\n', undefined]);
    lines.forgetBefore(4);
    expect(shown(4, 5)).toBe('c,"d\ne"');
    expect(lines.take(3, 3)).toBeUndefined();
    lines.forgetBefore(7);
    expect(shown(6)).toBe('last');
  });
});

test('a line that is too long is held no further than its beginning, and those around it whole', () => {
  const lines = linesOf(Buffer.from(`a\n${'x'.repeat(500)}\nb\n${'y'.repeat(100)}\n`), 'utf-8', 30);
  expect(lines.take(2, 2)).toBeUndefined();
  expect(lines.take(1, 3)).toBeUndefined();
  expect(lines.take(3, 3)?.toString()).toBe('b');
  expect(lines.take(4, 4)).toHaveLength(100);
});

test('a line without end costs no memory', () => {
  const lines = new RawLines('utf-8', 0, 1_000);
  const chunk = Buffer.alloc(100_000, 'x');
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 1_000; i++) lines.push(chunk);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
});
