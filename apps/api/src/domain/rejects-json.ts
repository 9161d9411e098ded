import type { RejectHeader, RejectLine } from '@hikyaku/db';
import { rejectsFileText } from '@hikyaku/texts';
import type { Locale } from '@hikyaku/types';
import { encodingOf } from './encoding-of.ts';
import { rejectReasons } from './reject-reasons.ts';
import type { RejectsWriter } from './rejects-writer.ts';

/** Keys that no column of a dataset has: sent again, they are passed over. */
const lineKey = '_line';
const reasonKey = '_reason';
/** A line that is no object, as the text it is. */
const rawKey = '_raw';

/** JSON Lines again: each object as it was sent, with two members more. */
export function createRejectsJson(form: RejectHeader, locale: Locale): RejectsWriter {
  const { decode, encode, charset } = encodingOf(form.encoding);
  const text = rejectsFileText[locale];

  const line = ({ lineNumber, raw, faults }: RejectLine): Buffer => {
    const reason = rejectReasons({ raw, faults }, locale).join(text.between);
    const own = { [lineKey]: lineNumber, [reasonKey]: reason };
    const sent = raw ? decode(raw).trim() : '';
    return encode(`${withMembers(sent, own)}${form.newline}`);
  };
  return {
    contentType: `application/jsonl; charset=${charset}`,
    ending: '.jsonl',
    head: () => (form.byteOrderMark ? encode('\uFEFF') : Buffer.alloc(0)),
    lines: (lines) => Buffer.concat(lines.map(line)),
  };
}

/** No number of what was sent is read and written again: it might not be the same. */
function withMembers(sent: string, own: Record<string, string | number>): string {
  if (!isObject(sent)) return JSON.stringify(sent === '' ? own : { ...own, [rawKey]: sent });
  const inside = sent.slice(1, -1).trimEnd();
  return `{${inside}${inside.trim() === '' ? '' : ','}${JSON.stringify(own).slice(1)}`;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
