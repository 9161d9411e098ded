import { oneLine } from '../one-line.ts';
import { originOf } from './origin-of.ts';

const removed = '[…]';

const patterns: readonly (readonly [pattern: RegExp, replacement: string | ((found: string) => string)])[] = [
  // Of a URL the host is what others need; user, path and query may be a permission.
  [/[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi, (url) => originOf(url) ?? removed],
  [/[^\s@<>"'(),;:=]+@[^\s@<>"'(),;:=]+/g, removed],
  // Cookies end with their line.
  [/\b((?:set-)?cookie)\s*:.*/gi, `$1: ${removed}`],
  [/\b(bearer|basic|digest|aws4-hmac-sha256)\s+\S+/gi, `$1 ${removed}`],
  [
    /\b([\w-]*(?:signature|credential|token|secret|password|cookie|session|authorization|api-?key)[\w-]*)\s*[=:]\s*\S+/gi,
    `$1=${removed}`,
  ],
  [/\bx-amz-[\w-]+\s*[=:]\s*\S+/gi, removed],
  // Our tokens, age's identities, AWS's key ids, and whatever else is long and means nothing to a reader.
  [/\bhky_\S+|\bAGE-SECRET-KEY-\S+|\b(?:AKIA|ASIA)[A-Z0-9]{12,}|[A-Za-z0-9+/_=%-]{24,}/g, removed],
];

/** Text of somebody else's making without what could open a door or name a person: for reports that are passed on. */
export function redact(text: string): string {
  return patterns.reduce<string>(
    (left, [pattern, replacement]) =>
      typeof replacement === 'string' ? left.replace(pattern, replacement) : left.replace(pattern, replacement),
    oneLine(text),
  );
}
