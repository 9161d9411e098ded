import { encodingOfMark, guessEncoding, type TextEncoding } from '@hikyaku/datasets/reading';
import { measureText } from './measure-text.ts';

/** Of bytes that alternate with NULs, so many are enough to be UTF-16. */
const shareOfNuls = 0.02;
/** A text of half-width kana alone is rare, and what EUC-JP looks like when it is read as CP932. */
const mostHalfWidthKana = 0.3;
const fewestCharacters = 4;

/**
 * What a text is most likely written in, also where no dataset reads it so; undefined where ASCII leaves it open. UTF-8 and
 * CP932 are told apart as the worker does.
 */
export function guessTextEncoding(head: Uint8Array): TextEncoding | undefined {
  const marked = encodingOfMark(head)?.encoding;
  if (marked) return marked;
  const wide = guessUtf16(head);
  if (wide) return wide;
  if (!head.some((byte) => byte > 0x7f)) return undefined;
  if (guessEncoding(head) === 'utf-8') return 'utf-8';
  return looksLikeEucJp(head) ? 'euc-jp' : 'cp932';
}

/** Line ends, commas and digits are NULs in every other byte, whatever stands between them. */
function guessUtf16(head: Uint8Array): TextEncoding | undefined {
  let [even, odd] = [0, 0];
  for (let position = 0; position < head.length; position++) {
    if (head[position] !== 0) continue;
    if (position % 2 === 0) even++;
    else odd++;
  }
  if (even + odd < head.length * shareOfNuls || Math.min(even, odd) * 10 > Math.max(even, odd)) return undefined;
  const encoding = odd > even ? 'utf-16le' : 'utf-16be';
  const { characters, broken } = measureText(head.subarray(0, head.length - (head.length % 2)), encoding);
  return characters > 0 && broken === 0 ? encoding : undefined;
}

function looksLikeEucJp(head: Uint8Array): boolean {
  const asEucJp = measureText(head, 'euc-jp');
  if (asEucJp.broken > 0 || asEucJp.wide < fewestCharacters || asEucJp.halfWidthKana > 0) return false;
  const asCp932 = measureText(head, 'cp932');
  return asCp932.broken > 0 || asCp932.halfWidthKana > (asCp932.wide + asCp932.halfWidthKana) * mostHalfWidthKana;
}
