import { describe, expect, test } from 'vitest';
import { cutAtRandom, seededRandom } from '../../test/scan-all.ts';
import { encodeText } from './encode-text.ts';
import { TextReader } from './text-reader.ts';

const cp932 = (text: string) => Buffer.from(encodeText(text, 'cp932'));
const random = seededRandom(3);

function readAll(bytes: Uint8Array, declared: ConstructorParameters<typeof TextReader>[0] = 'auto') {
  const results = (bytes.length < 1_000 ? [1, 7, 50] : [20_000, 1_000_000]).map((longest) => {
    const reader = new TextReader(declared);
    const pieces = [...cutAtRandom(bytes, random, longest)].map((chunk) => Buffer.from(reader.push(chunk)));
    return { text: Buffer.concat([...pieces, reader.finish()]).toString(), encoding: reader.encoding };
  });
  for (const result of results) expect(result).toEqual(results[0]);
  return results[0]!;
}

const broken = (bytes: Buffer, at: number) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
const ascii = 'id,name\n1,a\n';

describe('auto', () => {
  test.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), 'utf-8'],
    ['ASCII alone', Buffer.from(ascii), 'utf-8'],
    ['UTF-8', Buffer.from('番号,氏名\n1,山田\n'), 'utf-8'],
    ['UTF-8 with one broken character among three', broken(Buffer.from('番号,氏'), 1), 'utf-8'],
    [
      'UTF-8 with one broken character far ahead of the others',
      broken(Buffer.from(`号${ascii.repeat(100)}氏名`), 1),
      'utf-8',
    ],
    ['UTF-8 of another language', Buffer.from('café,Größe\n'), 'utf-8'],
    ['CP932', cp932('番号,氏名\n1,山田\n'), 'cp932'],
    ['CP932, one character', cp932('表'), 'cp932'],
    ['CP932 of half-width kana', cp932('ﾌﾘｺﾐ,ﾔﾏﾀﾞ ﾀﾛｳ\nﾃｽﾄ,ﾊﾅｺ\n'), 'cp932'],
    ['CP932 with broken bytes', Buffer.concat([cp932('番号,氏名\n1,山田'), Buffer.from([0x81, 0x0a, 0xff])]), 'cp932'],
    ['CP932 whose first characters come late', cp932(ascii.repeat(20_000) + '2,髙﨑\n'), 'cp932'],
    ['UTF-8 whose first characters come late', Buffer.from(ascii.repeat(20_000) + '2,髙﨑\n'), 'utf-8'],
  ])('%s', (_, bytes, encoding) => {
    expect(readAll(bytes).encoding).toBe(encoding);
  });

  test('what is beyond the look-ahead changes nothing', () => {
    const bytes = Buffer.concat([Buffer.from('氏名\n'.repeat(20_000)), cp932('氏名\n'.repeat(20_000))]);
    expect(readAll(bytes).encoding).toBe('utf-8');
  });
});

describe('a byte order mark decides, whatever is declared', () => {
  test.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from('\uFEFF氏名'), 'utf-8'],
    ['UTF-16LE', Buffer.from('\uFEFF氏名', 'utf16le'), 'utf-16le'],
    ['UTF-16BE', Buffer.from('\uFEFF氏名', 'utf16le').swap16(), 'utf-16be'],
  ])('%s', (_, bytes, encoding) => {
    for (const declared of ['auto', 'cp932', 'utf-16be'] as const) {
      expect(readAll(bytes, declared)).toEqual({ text: '\uFEFF氏名', encoding });
    }
  });
});

test('what is declared counts without a mark', () => {
  expect(readAll(cp932('氏名'), 'cp932').text).toBe('氏名');
  expect(readAll(Buffer.from(encodeText('氏名', 'euc-jp')), 'euc-jp')).toEqual({ text: '氏名', encoding: 'euc-jp' });
  expect(readAll(Buffer.from('氏名', 'utf16le'), 'utf-16le').text).toBe('氏名');
  expect(readAll(cp932('氏名'), 'utf-8').text).toContain('\uFFFD');
});
