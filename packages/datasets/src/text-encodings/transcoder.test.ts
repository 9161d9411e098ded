import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { cutAtRandom, seededRandom } from '../../test/scan-all.ts';
import { encodeText } from './encode-text.ts';
import type { TextEncoding } from './text-encoding.ts';
import { Transcoder } from './transcoder.ts';

function transcode(encoding: TextEncoding, chunks: Iterable<Uint8Array>): Buffer {
  const transcoder = new Transcoder(encoding);
  const pieces = [...chunks].map((chunk) => Buffer.from(transcoder.push(chunk)));
  return Buffer.concat([...pieces, transcoder.finish()]);
}
const read = (encoding: TextEncoding, ...bytes: number[]) => transcode(encoding, [Uint8Array.from(bytes)]);
const hex = (text: string) => [...Buffer.from(text, 'hex')];

/** What glibc makes of each sequence, undefined where it is no character. */
function asGlibcReads(encoding: string, sequences: number[][]): (string | undefined)[] {
  const input = Buffer.concat(sequences.map((bytes) => Buffer.from([...bytes, 0x0a])));
  const output = execFileSync('sh', ['-c', `iconv -c -f ${encoding} -t UTF-8 || true`], { input, maxBuffer: 1e8 });
  const lines = output.toString().split('\n').slice(0, -1);
  expect(lines).toHaveLength(sequences.length);
  // Of a sequence that is no character -c leaves out the first byte, and what follows may be one by itself.
  const isOneByte = (line: string, index: number) =>
    sequences[index]!.length > 1 && /^[\0-\x7f\uff61-\uff9f]?$/.test(line);
  return lines.map((line, index) => (sequences[index]![0] !== 0x8e && isOneByte(line, index) ? undefined : line));
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const pairs = (leads: number[], trails: number[]) => leads.flatMap((lead) => trails.map((trail) => [lead, trail]));
const ours = (encoding: TextEncoding, bytes: number[]) => {
  const text = read(encoding, ...bytes);
  return text.includes(0xff) ? undefined : text.toString();
};

/** The place in CP932 of what JIS has in a row and cell. */
function cp932PairOf([row, cell]: number[]): number[] {
  const index = cell! - 0xa1 + (row! % 2 === 0 ? 94 : 0);
  return [((row! - 0xa1) >> 1) + 0xc1, index < 63 ? 0x40 + index : 0x41 + index];
}

describe('every character is the one that glibc reads', () => {
  test('CP932, two bytes', () => {
    const sequences = pairs([...range(0x81, 0x9f), ...range(0xe0, 0xfc)], [...range(0x40, 0x7e), ...range(0x80, 0xfc)]);
    const expected = asGlibcReads('CP932', sequences);
    expect(sequences.map((bytes) => ours('cp932', bytes))).toEqual(expected);
    expect(expected.filter(Boolean)).toHaveLength(9_604);
  });

  test('CP932, one byte', () => {
    const sequences = [...range(0x20, 0x7e), ...range(0xa1, 0xdf)].map((byte) => [byte]);
    expect(sequences.map((bytes) => ours('cp932', bytes))).toEqual(asGlibcReads('CP932', sequences));
  });

  test('EUC-JP, two bytes: rows 1–84, where eucJP-ms and Windows agree', () => {
    const sequences = [...pairs(range(0xa1, 0xf4), range(0xa1, 0xfe)), ...pairs([0x8e], range(0xa1, 0xdf))];
    expect(sequences.map((bytes) => ours('euc-jp', bytes))).toEqual(asGlibcReads('EUCJP-MS', sequences));
  });

  test('EUC-JP, two bytes: rows 85–94 as Windows has them', () => {
    const sequences = pairs(range(0xf5, 0xfe), range(0xa1, 0xfe));
    const expected = asGlibcReads('CP932', sequences.map(cp932PairOf));
    expect(sequences.map((bytes) => ours('euc-jp', bytes))).toEqual(expected);
  });

  test('EUC-JP, three bytes', () => {
    const sequences = pairs(range(0xa1, 0xf4), range(0xa1, 0xfe)).map((pair) => [0x8f, ...pair]);
    const expected = asGlibcReads('EUCJP-MS', sequences);
    expect(sequences.map((bytes) => ours('euc-jp', bytes))).toEqual(expected);
    expect(expected.filter(Boolean).length).toBeGreaterThan(6_067);
  });

  test('UTF-16 in both byte orders, beyond the first plane too', () => {
    const points = [...range(0x20, 0xd7ff), ...range(0xe000, 0x10ffff).filter((point) => point % 7 < 2)];
    const text = points.map((point) => String.fromCodePoint(point)).join('');
    const little = Buffer.from(text, 'utf16le');
    expect(transcode('utf-16le', [little]).equals(Buffer.from(text))).toBe(true);
    expect(transcode('utf-16be', [Buffer.from(little).swap16()]).equals(Buffer.from(text))).toBe(true);
  });
});

test('what Windows writes where others would write something else', () => {
  const bytes = hex('8160817c816181ca8740878afbfcfab1b1de955c835c945c837cf040f9fc');
  expect(read('cp932', ...bytes).toString()).toBe('～－∥￢①㈱髙﨑ｱﾞ表ソ能ポ\ue000\ue757');
});

describe('what is no character', () => {
  test.each<[TextEncoding, string, string]>([
    ['cp932', '41810a42', '41ff0a42'],
    ['cp932', '41812c42', '41ff2c42'],
    ['cp932', '8140ff80a0fd', 'e38080ffffffff'],
    ['cp932', '81ad42', 'ff42'],
    ['cp932', '4181', '41ff'],
    ['euc-jp', '41a40a42', '41ff0a42'],
    ['euc-jp', '8e410a', 'ff410a'],
    ['euc-jp', '8fa10a', 'ff0a'],
    ['euc-jp', '8f0a', 'ff0a'],
    ['euc-jp', 'a4a2a4', 'e38182ff'],
    ['euc-jp', '8fb0', 'ff'],
    ['utf-16le', '00d80a004100', 'ff0a41'],
    ['utf-16le', '00dc41', 'ffff'],
    ['utf-16be', '0041d8', '41ff'],
    ['utf-16be', 'd800d8000041', 'ffff41'],
  ])('%s %s becomes a byte that UTF-8 has not, and no more', (encoding, bytes, expected) => {
    for (const size of [1, 2, 3, 100]) {
      const all = hex(bytes);
      const chunks = Array.from({ length: Math.ceil(all.length / size) }, (_, i) =>
        Uint8Array.from(all.slice(i * size, (i + 1) * size)),
      );
      expect(transcode(encoding, chunks).toString('hex'), `in chunks of ${size}`).toBe(expected);
    }
  });
});

test.each<TextEncoding>(['cp932', 'euc-jp', 'utf-16le', 'utf-16be'])(
  '%s: where chunks end makes no difference',
  (encoding) => {
    const random = seededRandom(7);
    for (let round = 0; round < 300; round++) {
      const bytes = Uint8Array.from({ length: 60 }, () => (random() < 0.3 ? 0x0a : Math.floor(random() * 256)));
      const whole = transcode(encoding, [bytes]);
      expect(transcode(encoding, cutAtRandom(bytes, random, 3)).equals(whole)).toBe(true);
      if (encoding.startsWith('utf-16')) continue;
      // Lines keep their numbers, whatever is in them.
      expect(whole.filter((byte) => byte === 0x0a)).toHaveLength(bytes.filter((byte) => byte === 0x0a).length);
    }
  },
);

describe('writing', () => {
  test.each<TextEncoding>(['utf-8', 'cp932', 'euc-jp', 'utf-16le', 'utf-16be'])(
    '%s reads what it wrote',
    (encoding) => {
      const text = '行,理由\r\n髙﨑～－①㈱ｱﾞ表ソ能ポ￢∥ "x"';
      expect(transcode(encoding, [encodeText(text, encoding)]).toString()).toBe(text);
    },
  );

  test('CP932 gets the character that Windows means, and a question mark for none', () => {
    expect(Buffer.from(encodeText('〜−—‖𠮷é', 'cp932')).toString('hex')).toBe('8160817c815c81613f3f');
  });
});
