import { matchHeader, type TextEncoding } from '@hikyaku/datasets/reading';
import type { PreflightFinding, ReadingRules } from '@hikyaku/types';
import { readPreview } from '../preview.ts';
import { guessTextEncoding } from '../reading/guess-text-encoding.ts';
import { measureText } from '../reading/measure-text.ts';

const encodings: readonly TextEncoding[] = ['utf-8', 'cp932', 'euc-jp', 'utf-16le', 'utf-16be'];
const delimiters = [',', '\t', ';', '|'];
/** So few say nothing. */
const fewestCharacters = 4;

export interface Misreadings {
  /** What the text is written in, where that is not what it is read as. */
  looksLike: TextEncoding | undefined;
  findings: PreflightFinding[];
}

/** Whether a file is read in another encoding, or split at another mark, than it was written with. */
export function misreadings(sample: Uint8Array, rules: ReadingRules, readAs: TextEncoding): Misreadings {
  const looksLike = likelyEncoding(sample, readAs) ?? encodingOfHeader(sample, rules, readAs);
  const findings: PreflightFinding[] = [];
  if (looksLike) findings.push({ code: 'encoding-mismatch', level: 'advice', readAs, looksLike });
  const found = likelyDelimiter(sample, rules, looksLike ?? readAs);
  if (found !== undefined) {
    findings.push({ code: 'delimiter-mismatch', level: 'advice', expected: delimiterOf(rules), found });
  }
  return { looksLike, findings };
}

/** What the bytes look like, where that is not what they are read as and there is no doubt. */
function likelyEncoding(sample: Uint8Array, readAs: TextEncoding): TextEncoding | undefined {
  const guess = guessTextEncoding(sample);
  if (guess === undefined || guess === readAs) return undefined;
  const guessed = measureText(sample, guess);
  if (guessed.broken > 0) return undefined;
  if (measureText(sample, readAs).broken > 0) return guess;
  // Nearly everything can be read as CP932, so that it proves nothing.
  return guess !== 'cp932' && guessed.wide >= fewestCharacters ? guess : undefined;
}

/** Where the header says nothing as it is read: the encoding in which it does. */
function encodingOfHeader(sample: Uint8Array, rules: ReadingRules, readAs: TextEncoding): TextEncoding | undefined {
  if (rules.format === 'json-lines' || columnsFound(sample, rules, readAs) > 0) return undefined;
  return encodings.find((encoding) => encoding !== readAs && columnsFound(sample, rules, encoding) > 0);
}

function likelyDelimiter(sample: Uint8Array, rules: ReadingRules, encoding: TextEncoding): string | undefined {
  if (rules.format === 'json-lines') return undefined;
  const expected = delimiterOf(rules);
  const asExpected = columnsFound(sample, rules, encoding);
  return delimiters.find((delimiter) => {
    if (delimiter === expected) return false;
    const found = columnsFound(sample, { ...rules, format: 'csv', delimiter }, encoding);
    // One column alone is found in a header of one word, whatever it is split at.
    return found > Math.max(asExpected, 1) || (found === 1 && asExpected === 0 && rules.columns.length === 1);
  });
}

function columnsFound(sample: Uint8Array, rules: ReadingRules, encoding: TextEncoding): number {
  const { header } = readPreview(firstLines(sample, encoding), false, rules, encoding);
  return new Set(matchHeader(header, rules).columns.map(({ definition }) => definition.name)).size;
}

/** Enough for a header, with a line end behind whatever is there. */
function firstLines(sample: Uint8Array, encoding: TextEncoding): Uint8Array {
  const lineEnd = encoding === 'utf-16le' ? [0x0a, 0] : encoding === 'utf-16be' ? [0, 0x0a] : [0x0a];
  const head = sample.subarray(0, 64 * 1024);
  const lines = new Uint8Array(head.length - (head.length % lineEnd.length) + lineEnd.length);
  lines.set(head.subarray(0, lines.length - lineEnd.length));
  lines.set(lineEnd, lines.length - lineEnd.length);
  return lines;
}

function delimiterOf({ format, delimiter }: ReadingRules): string {
  return format === 'tsv' ? '\t' : delimiter;
}
