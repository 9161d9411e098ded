import { arnPattern, matchesArn, splitArn } from '../match/arn-pattern.ts';
import { type Piece, policyText, resolveText, withoutVariables } from '../match/policy-text.ts';
import { matchesPattern, wildcardPattern } from '../match/wildcard-pattern.ts';
import type { Comparison } from '../policy/condition-operator.ts';
import type { Policy } from '../policy/policy.ts';
import { containsRange, parseIpRange } from './ip-range.ts';
import { parseDate } from './parse-date.ts';
import { parseNumber } from './parse-number.ts';
import { type RequestContext, singleValue } from './request-context.ts';

/** Whether the request's value equals (or is like, less than, within …) the policy's. What can't be compared doesn't match. */
type CompiledComparison = (requested: string, context: RequestContext) => boolean;

export function compileComparison(
  comparison: Comparison,
  written: string,
  version: Policy['version'],
): CompiledComparison {
  return compilers[comparison](written, version);
}

type Compiler = (written: string, version: Policy['version']) => CompiledComparison;

const bool: Compiler = (written) => (requested) => requested.toLowerCase() === written.toLowerCase();

const compilers: Record<Comparison, Compiler> = {
  StringEquals: (written, version) =>
    compileText(written, { wildcards: false, version }, (pieces) => {
      const text = plainText(pieces);
      return (requested) => requested === text;
    }),
  StringEqualsIgnoreCase: (written, version) =>
    compileText(written, { wildcards: false, version }, (pieces) => {
      const text = plainText(pieces).toLowerCase();
      return (requested) => requested.toLowerCase() === text;
    }),
  StringLike: (written, version) =>
    compileText(written, { wildcards: true, version }, (pieces) => {
      const pattern = wildcardPattern(pieces);
      return (requested) => matchesPattern(pattern, requested);
    }),
  ArnLike: (written, version) =>
    compileText(written, { wildcards: true, version }, (pieces) => {
      const pattern = arnPattern(pieces);
      return (requested) => pattern !== undefined && matchesArn(pattern, splitArn(requested));
    }),
  NumericEquals: ordered(parseNumber, (value, bound) => value === bound),
  NumericLessThan: ordered(parseNumber, (value, bound) => value < bound),
  NumericLessThanEquals: ordered(parseNumber, (value, bound) => value <= bound),
  NumericGreaterThan: ordered(parseNumber, (value, bound) => value > bound),
  NumericGreaterThanEquals: ordered(parseNumber, (value, bound) => value >= bound),
  DateEquals: ordered(parseDate, (value, bound) => value === bound),
  DateLessThan: ordered(parseDate, (value, bound) => value < bound),
  DateLessThanEquals: ordered(parseDate, (value, bound) => value <= bound),
  DateGreaterThan: ordered(parseDate, (value, bound) => value > bound),
  DateGreaterThanEquals: ordered(parseDate, (value, bound) => value >= bound),
  Bool: bool,
  Null: bool,
  BinaryEquals: (written) => {
    // Both sides are Base64; only the padding may differ.
    const bytes = written.replace(/=+$/, '');
    return (requested) => requested.replace(/=+$/, '') === bytes;
  },
  IpAddress: (written) => {
    const range = parseIpRange(written);
    return (requested) => {
      const address = parseIpRange(requested);
      return range !== undefined && address !== undefined && containsRange(range, address);
    };
  },
};

/** Compiled once where there are no variables, else with the values of each request. */
function compileText(
  written: string,
  meaning: { wildcards: boolean; version: Policy['version'] },
  compile: (pieces: readonly Piece[]) => (requested: string) => boolean,
): CompiledComparison {
  const text = policyText(written, { wildcards: meaning.wildcards, variables: meaning.version === '2012-10-17' });
  const pieces = withoutVariables(text);
  if (pieces) return compile(pieces);
  return (requested, context) => {
    const resolved = resolveText(text, (key) => singleValue(context, key));
    return resolved !== undefined && compile(resolved)(requested);
  };
}

function plainText(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
}

function ordered(
  parse: (text: string) => number | undefined,
  holds: (value: number, bound: number) => boolean,
): Compiler {
  return (written) => {
    const bound = parse(written);
    return (requested) => {
      const value = parse(requested);
      return bound !== undefined && value !== undefined && holds(value, bound);
    };
  };
}
