import { failureOf } from '../../errors/storage-failure.ts';
import type { AnswerHeaders } from './answer.ts';

export interface AnswerHead {
  status: number;
  headers: AnswerHeaders;
  /** How the end of the body is told. https://www.rfc-editor.org/rfc/rfc9112#section-6.3 */
  framing: { kind: 'length'; bytes: number } | { kind: 'chunked' } | { kind: 'until-closed' };
  /** Whether the connection may be used for another request. */
  isKept: boolean;
}

const statusLine = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [^\r\n]*)?$/;
const headerLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/;
// oxlint-disable-next-line no-control-regex
const forbidden = /[\0\r\n]/;

/**
 * The head of an answer, up to its empty line and without it. Strict: what two readers could read differently is refused.
 *
 * @param head in Latin-1, as bytes are
 * @throws HikyakuError unexpected-answer
 */
export function readHead(head: string): AnswerHead {
  const [first = '', ...lines] = head.split('\r\n');
  const [, minor, status] = statusLine.exec(first) ?? [];
  if (minor === undefined) throw unreadable(first);
  const headers = readHeaders(lines);
  const connection = (headers['connection'] ?? '').toLowerCase();
  const framing = framingOf(Number(status), headers);
  const isKept = minor === '1' && framing.kind !== 'until-closed' && !/\bclose\b/.test(connection);
  return { status: Number(status), headers, framing, isKept };
}

function readHeaders(lines: readonly string[]): AnswerHeaders {
  const headers: Record<string, string> = Object.create(null);
  for (const line of lines) {
    const [, name = '', value = ''] = headerLine.exec(line) ?? [];
    if (name === '' || forbidden.test(value)) throw unreadable(line);
    const key = name.toLowerCase();
    const before = headers[key];
    // Of two that say where it ends one lies.
    if (before !== undefined && isAboutLength(key) && before !== value) throw unreadable(line);
    headers[key] = before === undefined || isAboutLength(key) ? value : `${before}, ${value}`;
  }
  return headers;
}

function isAboutLength(name: string): boolean {
  return name === 'content-length' || name === 'transfer-encoding' || name === 'content-range' || name === 'etag';
}

function framingOf(status: number, headers: AnswerHeaders): AnswerHead['framing'] {
  if (status < 200 || status === 204 || status === 304) return { kind: 'length', bytes: 0 };
  const { 'transfer-encoding': encoding, 'content-length': length } = headers;
  if (encoding !== undefined) {
    if (encoding.toLowerCase() !== 'chunked' || length !== undefined)
      throw unreadable(`transfer-encoding: ${encoding}`);
    return { kind: 'chunked' };
  }
  if (length === undefined) return { kind: 'until-closed' };
  const bytes = Number(length);
  if (!/^\d+$/.test(length) || !Number.isSafeInteger(bytes)) throw unreadable(`content-length: ${length}`);
  return { kind: 'length', bytes };
}

function unreadable(found: string) {
  return failureOf('unexpected-answer', { details: { found: found.slice(0, 200) } });
}
