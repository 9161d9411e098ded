import { parseSeconds } from './parse-values.ts';

/** On where it is named, else undefined. */
export function switchFlag(brief: string) {
  return { kind: 'boolean', optional: true, withNegated: false, brief } as const;
}

/** One value; undefined where it isn't named. */
export function valueFlag<T>(brief: string, placeholder: string, parse: (input: string) => T) {
  return { kind: 'parsed', parse, optional: true, brief, placeholder } as const;
}

/** Any number of values, each with the flag before it. */
export function listFlag<T>(brief: string, placeholder: string, parse: (input: string) => T) {
  return { kind: 'parsed', parse, optional: true, variadic: true, brief, placeholder } as const;
}

/** `--wait` reaches the parser as `--wait=600`: see `normalizeArguments`. */
export function waitFlag(brief: string) {
  return valueFlag(brief, 'SECONDS', parseSeconds);
}
