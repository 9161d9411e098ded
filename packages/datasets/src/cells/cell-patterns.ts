/** Digits and marks of one number; PostgreSQL itself would take 131,072 digits. */
export const longestNumberBytes = 100;

const day = '[0-9]{4}(-[0-9][0-9]?-[0-9][0-9]?|/[0-9][0-9]?/[0-9][0-9]?)';
const time = '([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?';
const offset = '( ?(Z|[+-][0-9]{2}(:?[0-9]{2})?))?';

/**
 * What people mean by a number, a day or a time: sources of regular expressions that PostgreSQL and JavaScript read alike,
 * so that who looks at a file before it is sent goes by the same words as who takes it in.
 */
export const cellPatterns = {
  integer: '^[+-]?[0-9]+$',
  number: '^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?$',
  /** Beyond three digits of exponent a short cell would become a very long number. */
  hugeExponent: '[eE][+-]?[0-9]{4,}$',
  date: `^${day}$`,
  timestamp: `^${day}[ T]${time}${offset}$`,
} as const;

/** What a cell of `boolean` may say, in lower case. */
export const booleanWords = ['true', 'false', 't', 'f', '1', '0', 'yes', 'no'] as const;
