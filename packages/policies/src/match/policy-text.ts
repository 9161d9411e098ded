/** A part of a pattern that has no variables left: letters that stand for themselves, or a wildcard. */
export type Piece = { kind: 'text'; text: string } | { kind: 'any' } | { kind: 'one' };

/** A text of a policy as its letters, wildcards and variables. */
export type PolicyText = readonly (Piece | Variable)[];

interface Variable {
  kind: 'variable';
  /** In lower case: keys have no case. */
  key: string;
  /** What stands for it where the request has no value. */
  fallback?: string;
}

const special = new Set(['*', '?', '$']);

/**
 * Takes a text apart. Variables have a meaning since version 2012-10-17 only; `${*}`, `${?}` and `${$}` are those signs.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function policyText(written: string, meaning: { wildcards: boolean; variables: boolean }): PolicyText {
  const parts: (Piece | Variable)[] = [];
  let text = '';
  const lastClose = meaning.variables ? written.lastIndexOf('}') : -1;
  const add = (part: Piece | Variable) => {
    if (text) parts.push({ kind: 'text', text });
    text = '';
    parts.push(part);
  };
  for (let at = 0; at < written.length; at += 1) {
    const sign = written.charAt(at);
    if (sign === '$' && written[at + 1] === '{' && at < lastClose) {
      const end = written.indexOf('}', at);
      const inner = written.slice(at + 2, end);
      if (special.has(inner)) text += inner;
      else add(variable(inner));
      at = end;
    } else if (meaning.wildcards && sign === '*') add({ kind: 'any' });
    else if (meaning.wildcards && sign === '?') add({ kind: 'one' });
    else text += sign;
  }
  if (text) parts.push({ kind: 'text', text });
  return parts;
}

/** `aws:PrincipalTag/team, 'none'`: a key and, in quotation marks behind a comma, what stands for it. */
function variable(inner: string): Variable {
  const comma = inner.indexOf(',');
  const quoted = comma === -1 ? '' : inner.slice(comma + 1).trim();
  if (quoted.length < 2 || !quoted.startsWith("'") || !quoted.endsWith("'")) {
    return { kind: 'variable', key: inner.trim().toLowerCase() };
  }
  return { kind: 'variable', key: inner.slice(0, comma).trim().toLowerCase(), fallback: quoted.slice(1, -1) };
}

/** Undefined where it has variables. */
export function withoutVariables(text: PolicyText): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  for (const part of text) {
    if (part.kind === 'variable') return undefined;
    pieces.push(part);
  }
  return pieces;
}

/**
 * Puts the request's values in, letter by letter: a `*` in a value is no wildcard. Undefined where a variable has neither a
 * single value nor a fallback; then the text equals nothing.
 */
export function resolveText(text: PolicyText, valueOf: (key: string) => string | undefined): Piece[] | undefined {
  const pieces: Piece[] = [];
  for (const part of text) {
    if (part.kind !== 'variable') {
      pieces.push(part);
      continue;
    }
    const value = valueOf(part.key) ?? part.fallback;
    if (value === undefined) return undefined;
    pieces.push({ kind: 'text', text: value });
  }
  return pieces;
}
