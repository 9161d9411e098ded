import type { Piece } from './policy-text.ts';

/** A pattern cut at its `*`. Nothing is ever tried twice, so no pattern makes it slow. */
export interface WildcardPattern {
  /** Without `*` there is one run, and it has to be the whole text. */
  runs: readonly Run[];
  /** At least as long has a text to be. */
  minLength: number;
}

/** Signs in a row; at some places any sign will do. */
interface Run {
  text: string;
  anySignAt: readonly number[];
}

export function wildcardPattern(pieces: readonly Piece[]): WildcardPattern {
  const runs: Run[] = [];
  let text = '';
  let anySignAt: number[] = [];
  const close = () => {
    runs.push({ text, anySignAt });
    text = '';
    anySignAt = [];
  };
  for (const piece of pieces) {
    if (piece.kind === 'any') close();
    else if (piece.kind === 'one') {
      anySignAt.push(text.length);
      text += '?';
    } else text += piece.text;
  }
  close();
  return { runs, minLength: runs.reduce((length, run) => length + run.text.length, 0) };
}

/** The first and last run are held to the ends, each between them is taken where it first fits. */
export function matchesPattern({ runs, minLength }: WildcardPattern, text: string): boolean {
  const [first, ...rest] = runs;
  const last = rest.at(-1);
  if (!first || text.length < minLength) return false;
  if (!last) return text.length === minLength && fitsAt(first, text, 0);
  if (!fitsAt(first, text, 0)) return false;
  const end = text.length - last.text.length;
  if (!fitsAt(last, text, end)) return false;
  let at = first.text.length;
  for (let index = 1; index < runs.length - 1; index += 1) {
    const run = runs[index];
    if (!run) continue;
    const found = firstFit(run, text, at);
    if (found === -1) return false;
    at = found + run.text.length;
  }
  return at <= end;
}

function fitsAt(run: Run, text: string, at: number): boolean {
  if (run.anySignAt.length === 0) return text.startsWith(run.text, at);
  let from = 0;
  for (const anySign of run.anySignAt) {
    if (!text.startsWith(run.text.slice(from, anySign), at + from)) return false;
    from = anySign + 1;
  }
  return at + run.text.length <= text.length && text.startsWith(run.text.slice(from), at + from);
}

function firstFit(run: Run, text: string, from: number): number {
  if (run.anySignAt.length === 0) return text.indexOf(run.text, from);
  for (let at = from; at + run.text.length <= text.length; at += 1) if (fitsAt(run, text, at)) return at;
  return -1;
}
