import type { Piece } from './policy-text.ts';
import { matchesPattern, type WildcardPattern, wildcardPattern } from './wildcard-pattern.ts';

/** `arn`, partition, service, region, account, and the rest, colons and all. */
export type ArnParts = readonly string[];
const partCount = 6;

/** Undefined where it is no ARN. */
export function splitArn(text: string): ArnParts | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const parts: string[] = [];
  let from = 0;
  while (parts.length < partCount - 1) {
    const colon = text.indexOf(':', from);
    if (colon === -1) return undefined;
    parts.push(text.slice(from, colon));
    from = colon + 1;
  }
  parts.push(text.slice(from));
  return parts;
}

/** Each of the six parts on its own: a `*` for the region never reaches into the account. */
export interface ArnPattern {
  /** `*` alone is every resource, also one that has no ARN. */
  isAny: boolean;
  parts: readonly (WildcardPattern | 'any')[];
}

/** Undefined where no ARN could match. A pattern that ends early in `*` leaves the parts that are missing open. */
export function arnPattern(pieces: readonly Piece[]): ArnPattern | undefined {
  if (pieces.length === 1 && pieces[0]?.kind === 'any') return { isAny: true, parts: [] };
  const parts = splitPieces(pieces);
  const isOpen = parts.at(-1)?.at(-1)?.kind === 'any';
  if (parts.length < partCount && !isOpen) return undefined;
  const open = Array<'any'>(partCount - parts.length).fill('any');
  return { isAny: false, parts: [...parts.map(partPattern), ...open] };
}

export function matchesArn(pattern: ArnPattern, arn: ArnParts | undefined): boolean {
  if (pattern.isAny) return true;
  if (!arn) return false;
  // The last part differs most often.
  for (let index = partCount - 1; index >= 0; index -= 1) {
    const part = pattern.parts[index];
    if (part === undefined || (part !== 'any' && !matchesPattern(part, arn[index] ?? ''))) return false;
  }
  return true;
}

function partPattern(pieces: readonly Piece[]): WildcardPattern | 'any' {
  return pieces.length === 1 && pieces[0]?.kind === 'any' ? 'any' : wildcardPattern(pieces);
}

/** Cuts at the first five colons that stand in text. */
function splitPieces(pieces: readonly Piece[]): Piece[][] {
  let part: Piece[] = [];
  const parts = [part];
  for (const piece of pieces) {
    if (piece.kind !== 'text') {
      part.push(piece);
      continue;
    }
    let rest = piece.text;
    for (let colon = rest.indexOf(':'); colon !== -1 && parts.length < partCount; colon = rest.indexOf(':')) {
      if (colon > 0) part.push({ kind: 'text', text: rest.slice(0, colon) });
      part = [];
      parts.push(part);
      rest = rest.slice(colon + 1);
    }
    if (rest) part.push({ kind: 'text', text: rest });
  }
  return parts;
}
